import type { BoundPort, ProbeHold } from '../../../ports/prober.ts';
import type { Offset } from './alignment.ts';

/** What an attempt came to, as the agent says it; times are milliseconds on the agent's clock. */
export interface WireSample {
  readonly sent: number;
  readonly ms: number;
  readonly late: number;
  readonly outcome: 'open' | 'dropped' | 'refused' | 'unresolved' | 'inconclusive';
  readonly handshake?: true;
  readonly by?: string;
  readonly source?: string;
  readonly error?: string;
  /** It came to a packet that was sent again: the attempt was reported as dropped before. */
  readonly again?: true;
  /** Source port of a datagram, of a connection that is held, or with `address` of a SYN that had no answer. */
  readonly port?: number;
  readonly address?: string;
}

/** A numbered record: `n` rises by one, `at` is when it was written. */
export type WireRecord = { readonly n: number; readonly at: number } & (
  | ({ readonly kind: 'attempt'; readonly probe: number } & WireSample)
  | ({ readonly kind: 'canary' } & WireSample)
  | {
      readonly kind: 'heartbeat';
      readonly late: number;
      /** All attempts that began before have been recorded. */
      readonly until: number;
      /** Port, protocol and since when, on the agent's clock: `80/TCP 1234.5`. */
      readonly bound: readonly string[];
      /** Source ports by sender and port: of datagrams `x/a 53`, of SYNs `10.244.1.5 80`. */
      readonly arrived?: Readonly<Record<string, readonly number[]>>;
    }
);

/** What the agent says outside its journal. `boot` tells one process of the agent from the next. */
export type WireReply =
  | { readonly kind: 'hello'; readonly boot: number; readonly identity: string }
  | { readonly kind: 'time'; readonly id: number; readonly at: number }
  | { readonly kind: 'scheduled'; readonly id: number };

/** A probe as the agent takes it. */
export interface WireProbe {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly protocol: string;
  readonly family: string;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly payloadBytes?: number;
  readonly hold?: ProbeHold;
  readonly sourcePort?: number;
}

/**
 * What the agent is told: begin with the next record, or after record `after`; run these probes; say the time; give a
 * heartbeat at once; tell in one of handshakes that were not completed.
 */
export type WireCommand =
  | { readonly do: 'start' }
  | { readonly do: 'resume'; readonly after: number }
  | { readonly do: 'schedule'; readonly id: number; readonly probes: readonly WireProbe[] }
  | { readonly do: 'time'; readonly id: number }
  | { readonly do: 'beat' }
  | { readonly do: 'half-open' };

/** Reads a line of the agent. Throws a SyntaxError when it is none: the relay or its container said something else. */
export function parseLine(line: string): WireRecord | WireReply {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null || !('kind' in value)) {
    throw new SyntaxError(`not a line of the agent: ${line.slice(0, 200)}`);
  }
  return value as WireRecord | WireReply;
}

/** Reads `80/TCP 1234.5`; `offset` is from the agent's clock to ours. */
export function parseBoundPort(text: string, { offsetMs, errorMs }: Offset): BoundPort {
  const [, port, protocol, since] = /^(\d+)\/(\w+) ([\d.]+)$/.exec(text) ?? [];
  return {
    port: Number(port),
    protocol: protocol === 'UDP' ? 'UDP' : protocol === 'SCTP' ? 'SCTP' : 'TCP',
    sinceMs: Number(since) + offsetMs + errorMs,
  };
}

import type { Cell } from '../core/matrix/cell.ts';
import type { Attempt } from '../core/matrix/outcome.ts';
import type { Protocol } from '../core/model/protocol.ts';
import type { PodRef } from './cluster.ts';

/** A running pod that probes. `name` is logical (`x/a`), `ref` is where it really runs. */
export interface ProbePod {
  readonly name: string;
  readonly ref: PodRef;
  readonly method: Cell['method'];
}

/**
 * How a probe uses one connection for many attempts. `keep`: opens it at its first attempt, and each attempt is an exchange
 * on it, until the probe is no longer scheduled. `again`: one attempt, from the source port that the probe with that id had.
 */
export type ProbeHold = 'keep' | { readonly again: number };

/** One cell to be probed again and again. */
export interface Probe {
  /** Chosen by the engine, unique in the session; attempts carry it. */
  readonly id: number;
  readonly cell: Cell;
  /** What is dialled: an address, or for `dns` a host name. */
  readonly host: string;
  /** The port that is dialled, where it is another than the cell's: a NodePort. */
  readonly port?: number;
  /** Time between the starts of two attempts. */
  readonly intervalMs: number;
  /** Limit of one attempt; ignored by `wget`, which has its own 2 s. */
  readonly timeoutMs: number;
  /** Identities that count as the right destination (`x/b`; of a Service all its backends); empty: unverified. */
  readonly identities: readonly string[];
  /** Some of them give no name: an answer without one is theirs. Absent: it is somebody else's. */
  readonly nameless?: true;
  /** What a datagram has, and an answer has to have, in bytes; absent: a line. */
  readonly payloadBytes?: number;
  /** Absent: a connection of its own for each attempt. Only agents hold connections. */
  readonly hold?: ProbeHold;
  /** Of a probe with `hold`: the source port of its connection. Absent: any free one, or the one that was held. */
  readonly sourcePort?: number;
}

/** A port that a pod's program had bound at a moment, and since when it surely had, without a break. */
export interface BoundPort {
  readonly port: number;
  readonly protocol: Protocol;
  readonly sinceMs: number;
}

/** Datagrams or SYNs of one pod's probes that reached a port of another, whatever became of the answers. */
export interface Arrivals {
  /** Logical name of the pod that sent datagrams; source address of SYNs. */
  readonly from: string;
  readonly port: number;
  readonly sourcePorts: readonly number[];
}

/** What a session tells. All times on the engine's clock, in milliseconds. */
export type ProbeEvent =
  | { readonly kind: 'attempt'; readonly probe: number; readonly attempt: Attempt }
  /** The pod dialled itself, which is always allowed: tells whether its agent works. */
  | { readonly kind: 'canary'; readonly pod: string; readonly attempt: Attempt }
  /** A pod's agent is alive, how late its timers run, and which ports it serves. */
  | {
      readonly kind: 'heartbeat';
      readonly pod: string;
      readonly atMs: number;
      readonly latenessMs: number;
      /** Every attempt from the pod that was sent before has ended and been told. */
      readonly endedMs: number;
      readonly bound: readonly BoundPort[];
      /** Datagrams of probes that reached the pod since the heartbeat before, SYNs where it was asked for them; absent: none. */
      readonly arrivals?: readonly Arrivals[];
    }
  /** Nothing is known of this pod's attempts and ports between the two times. */
  | {
      readonly kind: 'gap';
      readonly pod: string;
      readonly fromMs: number;
      readonly toMs: number;
      readonly reason: string;
    }
  /** The pod's probing ended for good. */
  | { readonly kind: 'lost'; readonly pod: string; readonly cause: string };

/** Probing under way. Disposing stops it and settles when the streams are closed. */
export interface ProbeSession extends AsyncDisposable {
  /** Replaces the whole schedule; probes keep running through it when they are in both. Resolves when every pod has taken it. */
  schedule(probes: readonly Probe[]): Promise<void>;
  /** Attaches more pods. Rejects with `ProbeError` when one cannot be attached. */
  attach(pods: readonly ProbePod[]): Promise<void>;
  /**
   * Tells, as attempts of these probes, what pods that dial from their first instant on have dialled since. Rejects with
   * `ProbeError` where one does not say it.
   */
  recall(probes: readonly Probe[]): Promise<void>;
  /** Asks all agents for a heartbeat at once. Waits for nothing; pods without an agent are passed over. */
  askHeartbeats(): void;
  /**
   * Asks the agents of these pods which SYNs came to them whose handshake was not completed: they tell it in heartbeats,
   * as arrivals. Waits for nothing; pods without an agent are passed over.
   */
  askHalfOpen(names: readonly string[]): void;
  /** Ends the probing from pods, by their names, whose end is no trouble then. One that is not attached is passed over. */
  detach(names: readonly string[]): Promise<void>;
}

/** Attaches to pods and probes from them. Rejects with `ProbeError` when a pod cannot be attached. */
export interface Prober {
  attach(
    pods: readonly ProbePod[],
    onEvent: (event: ProbeEvent) => void,
    options: { readonly signal: AbortSignal },
  ): Promise<ProbeSession>;
}

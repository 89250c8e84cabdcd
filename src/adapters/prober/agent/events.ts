import type { Attempt, Outcome } from '../../../core/matrix/outcome.ts';
import type { Arrivals, Probe, ProbeEvent } from '../../../ports/prober.ts';
import { type Answerers, isStranger } from '../stranger.ts';
import type { Offset } from './alignment.ts';
import { parseBoundPort, type WireRecord, type WireSample } from './wire.ts';

function outcomeOf({ outcome, by }: WireSample, expected: Answerers): Outcome {
  return outcome === 'open' && isStranger(by, expected) ? 'misrouted' : outcome;
}

/**
 * Linux says ECONNREFUSED of a connection that never came about, and of no other. Node.js has now and then told such a one, of which
 * the first SYN was dropped and the second rejected, as connected first.
 */
function isHandshake({ handshake, error }: WireSample): boolean {
  return handshake === true && error !== 'ECONNREFUSED';
}

function toAttempt(sample: WireSample, expected: Answerers, offset: Offset): Attempt {
  return {
    sentMs: sample.sent + offset.offsetMs,
    errorMs: offset.errorMs,
    durationMs: sample.ms,
    outcome: outcomeOf(sample, expected),
    latenessMs: sample.late,
    ...(isHandshake(sample) && { handshake: true }),
    ...(sample.by !== undefined && { answeredBy: sample.by }),
    ...(sample.source !== undefined && { sourceSeen: sample.source }),
    ...(sample.error !== undefined && { detail: sample.error }),
    ...(sample.port !== undefined && { sourcePort: sample.port }),
    ...(sample.address !== undefined && { sourceAddress: sample.address }),
    ...(sample.again && { repeated: true }),
  };
}

function arrivalsOf(arrived: Readonly<Record<string, readonly number[]>>): readonly Arrivals[] {
  return Object.entries(arrived).map(([key, sourcePorts]) => {
    const [from = '', port] = key.split(' ');
    return { from, port: Number(port), sourcePorts };
  });
}

/** A record of `pod`'s agent on our clock; undefined for attempts of probes that this session never asked for. */
export function toEvent(
  record: WireRecord,
  context: { readonly pod: string; readonly offset: Offset; readonly probes: ReadonlyMap<number, Probe> },
): ProbeEvent | undefined {
  const { pod, offset, probes } = context;
  if (record.kind === 'heartbeat') {
    const bound = record.bound.map((port) => parseBoundPort(port, offset));
    const arrivals = arrivalsOf(record.arrived ?? {});
    return {
      kind: 'heartbeat',
      pod,
      atMs: record.at + offset.offsetMs,
      latenessMs: record.late,
      endedMs: record.until + offset.offsetMs - offset.errorMs,
      bound,
      ...(arrivals.length > 0 && { arrivals }),
    };
  }
  if (record.kind === 'canary')
    return { kind: 'canary', pod, attempt: toAttempt(record, { identities: [pod] }, offset) };
  const probe = probes.get(record.probe);
  if (probe === undefined) return undefined;
  return { kind: 'attempt', probe: probe.id, attempt: toAttempt(record, probe, offset) };
}

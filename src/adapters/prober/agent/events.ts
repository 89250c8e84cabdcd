import type { Attempt, Outcome } from '../../../core/matrix/outcome.ts';
import type { Probe, ProbeEvent } from '../../../ports/prober.ts';
import type { Offset } from './alignment.ts';
import { parseBoundPort, type WireRecord, type WireSample } from './wire.ts';

/** An answer by somebody whom the probe did not name is misrouted; one without a name counts as open, unverified. */
function outcomeOf(sample: WireSample, identities: readonly string[]): Outcome {
  const stranger = sample.by !== undefined && identities.length > 0 && !identities.includes(sample.by);
  return sample.outcome === 'open' && stranger ? 'misrouted' : sample.outcome;
}

function toAttempt(sample: WireSample, identities: readonly string[], offset: Offset): Attempt {
  return {
    sentMs: sample.sent + offset.offsetMs,
    errorMs: offset.errorMs,
    durationMs: sample.ms,
    outcome: outcomeOf(sample, identities),
    latenessMs: sample.late,
    ...(sample.handshake && { handshake: true }),
    ...(sample.by !== undefined && { answeredBy: sample.by }),
    ...(sample.source !== undefined && { sourceSeen: sample.source }),
    ...(sample.error !== undefined && { detail: sample.error }),
  };
}

/** A record of `pod`'s agent on our clock; undefined for attempts of probes that this session never asked for. */
export function toEvent(
  record: WireRecord,
  context: { readonly pod: string; readonly offset: Offset; readonly probes: ReadonlyMap<number, Probe> },
): ProbeEvent | undefined {
  const { pod, offset, probes } = context;
  if (record.kind === 'heartbeat') {
    const bound = record.bound.map(parseBoundPort);
    return { kind: 'heartbeat', pod, atMs: record.at + offset.offsetMs, latenessMs: record.late, bound };
  }
  if (record.kind === 'canary') return { kind: 'canary', pod, attempt: toAttempt(record, [pod], offset) };
  const probe = probes.get(record.probe);
  if (probe === undefined) return undefined;
  return { kind: 'attempt', probe: probe.id, attempt: toAttempt(record, probe.identities, offset) };
}

import type { HeldConnection } from '../judge/held-connection.ts';
import type { StepRecord } from '../judge/record.ts';
import { zeroOf } from '../judge/timeline.ts';
import type { ConnectionVerdict } from '../judge/verdict.ts';
import { cellName } from '../matrix/cell.ts';
import { STATUS_NAMES } from './build-cell.ts';
import type { ConnectionResult, FailureResult } from './result.ts';
import { rounded } from './series.ts';

/** A judged connection with what its result is made of. */
export interface JudgedConnection {
  readonly held: HeldConnection;
  readonly verdict: ConnectionVerdict;
  readonly record: StepRecord;
}

/** The result of a connection that was held open through a step. */
export function buildConnection({ held, verdict, record }: JudgedConnection): ConnectionResult {
  const { state, broken, answered, again } = verdict.fate;
  return {
    ...held.cell,
    state,
    status: STATUS_NAMES[verdict.status],
    broken_ms: broken === undefined ? null : rounded(broken.sentMs - zeroOf(record)),
    exchanges: held.exchanges.length,
    answered,
    again: again ?? null,
  };
}

/** What a report says of a connection that was lost, that came about and must not, or of which that is not known. */
export function connectionFailures({ verdict, record }: JudgedConnection, repro: string): FailureResult[] {
  const name = cellName(verdict.cell);
  const planned = record.series.find((series) => cellName(series.planned.cell) === name)?.planned;
  return verdict.reasons.map(({ about, expected, reason }) => ({
    cell: name,
    connection: about,
    expected,
    observed: reason.code === 'unknown' ? null : reason.attempt.outcome,
    at_ms: reason.code === 'unknown' ? null : rounded(reason.attempt.sentMs - zeroOf(record)),
    reasons: [reason],
    explanation: planned?.explanation ?? '',
    repro,
    evidence: null,
  }));
}

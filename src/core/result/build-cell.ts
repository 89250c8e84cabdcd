import type { CellVerdict, Interval, Status } from '../judge/verdict.ts';
import { cellName } from '../matrix/cell.ts';
import type { Attempt } from '../matrix/outcome.ts';
import type { PlannedCell } from '../scenario/planned-step.ts';
import type { CellResult, FailureResult } from './result.ts';
import { encodeSeries, rounded } from './series.ts';

/** A judged cell with what its result is made of. `zeroMs` is the moment from which a step's times are counted. */
export interface JudgedCell {
  readonly planned: PlannedCell;
  readonly attempts: readonly Attempt[];
  readonly verdict: CellVerdict;
  readonly zeroMs: number;
}

/** How a verdict is called in a result. */
export const STATUS_NAMES = {
  pass: 'passed',
  fail: 'failed',
  inconclusive: 'inconclusive',
  reported: 'reported',
} as const satisfies Record<Status | 'reported', CellResult['status']>;

/** The result of a cell; `explanation` are lines of its step's table. */
export function buildCell({ attempts, verdict, zeroMs }: JudgedCell, explanation: readonly number[]): CellResult {
  return {
    ...verdict.cell,
    expected: verdict.expected,
    status: STATUS_NAMES[verdict.status],
    observed: verdict.observed ?? null,
    attempts: verdict.attempts,
    known: verdict.known,
    contrary: verdict.contrary,
    excluded_leak: Number(verdict.excludedLeak.toFixed(4)),
    settle_ms: verdict.settledMs === undefined ? null : rounded(verdict.settledMs),
    exposure_ms: roundedInterval(verdict.exposure),
    outage_ms: roundedInterval(verdict.outage),
    unverified: verdict.unverified,
    explanation,
    series: encodeSeries(attempts, zeroMs),
  };
}

/** What a report says of a cell that failed or is not known. `repro` repeats the attempt in a shell. */
export function buildFailure({ planned, verdict, zeroMs }: JudgedCell, repro: string): FailureResult {
  const first = verdict.reasons[0];
  return {
    cell: cellName(verdict.cell),
    expected: verdict.expected,
    observed: verdict.observed ?? null,
    at_ms: first && first.code !== 'unknown' ? rounded(first.attempt.sentMs - zeroMs) : null,
    reasons: verdict.reasons,
    explanation: planned.explanation,
    repro,
    evidence: null,
  };
}

function roundedInterval(interval: Interval | undefined): Interval | null {
  if (!interval) return null;
  const { atLeastMs, atMostMs, resolutionMs } = interval;
  return {
    atLeastMs: rounded(atLeastMs),
    atMostMs: atMostMs === null ? null : rounded(atMostMs),
    resolutionMs: resolutionMs === null ? null : rounded(resolutionMs),
  };
}

import type { Attempt } from '../matrix/outcome.ts';
import { doubtsOf, provenInHold } from './doubts.ts';
import { changeLength } from './interval.ts';
import { excludedLeak } from './leak.ts';
import type { JudgeLimits } from './limits.ts';
import { type Reading, readSeries } from './reading.ts';
import { failuresOf, toleratedUntil } from './reasons.ts';
import type { CellSeries, StepRecord } from './record.ts';
import { zeroOf } from './timeline.ts';
import { wrongBackends } from './unlike-backends.ts';
import type { CellReason, CellVerdict } from './verdict.ts';

/** Judges one cell of a step. */
export function judgeCell(series: CellSeries, record: StepRecord, limits: JudgeLimits): CellVerdict {
  const { planned, attempts } = series;
  const { cell, before, expected } = planned;
  const facts = { cell, before, expected, attempts: attempts.length, unverified: isUnverified(attempts) };
  if (expected === 'reported') {
    const wrong = wrongBackends(series, record, limits);
    const reported = { ...facts, ...UNJUDGED, observed: lastSent(attempts)?.outcome };
    if (wrong === undefined) return reported;
    return { ...reported, status: 'fail', reasons: [wrong], observed: decisive([wrong])?.outcome };
  }

  const reading = readSeries(series, expected, record, limits);
  const zeroMs = zeroOf(record);
  const failures = failuresOf(reading, record, limits, zeroMs);
  const reasons = failures.length > 0 ? failures : doubtsOf(reading, series, record, limits);
  const contrary = count(reading, 'contrary') + count(reading, 'misrouted');
  const budgeted = reading.deadlineMs !== undefined;
  const length =
    budgeted && (before !== expected || planned.fresh || contrary > 0)
      ? changeLength(reading, zeroMs, toleratedUntil(reading, limits))
      : undefined;
  return {
    ...facts,
    status: failures.length > 0 ? 'fail' : reasons.length > 0 ? 'inconclusive' : 'pass',
    reasons,
    observed: decisive(failures)?.outcome ?? lastKnown(reading)?.outcome ?? lastSent(attempts)?.outcome,
    known: count(reading, 'conforms') + contrary,
    contrary,
    excludedLeak: failures.length > 0 ? 1 : excludedLeak(provenInHold(reading, record)),
    settledMs: budgeted && reading.settled ? reading.settled.sentMs - zeroMs : undefined,
    exposure: expected === 'closed' ? length : undefined,
    outage: expected === 'open' ? length : undefined,
  };
}

const UNJUDGED = {
  status: 'reported',
  reasons: [],
  known: 0,
  contrary: 0,
  excludedLeak: 1,
  settledMs: undefined,
  exposure: undefined,
  outage: undefined,
} as const;

/** Of a new pod that was let through early, those attempts count too that were made while it was. */
function count({ inForce, sinceOpen }: Reading, wanted: 'conforms' | 'contrary' | 'misrouted'): number {
  const counted = sinceOpen.length > 0 ? sinceOpen : inForce;
  return counted.filter(({ evidence }) => evidence === wanted).length;
}

function decisive(failures: readonly CellReason[]): Attempt | undefined {
  const first = failures[0];
  return first && first.code !== 'unknown' ? first.attempt : undefined;
}

function lastKnown({ inForce }: Reading): Attempt | undefined {
  return inForce.findLast(({ evidence }) => evidence === 'conforms' || evidence === 'contrary')?.attempt;
}

function lastSent(attempts: readonly Attempt[]): Attempt | undefined {
  return attempts.reduce<Attempt | undefined>(
    (last, next) => (last && last.sentMs > next.sentMs ? last : next),
    undefined,
  );
}

/** Some right answer came without an identity. */
function isUnverified(attempts: readonly Attempt[]): boolean {
  return attempts.some(({ outcome, answeredBy }) => outcome === 'open' && answeredBy === undefined);
}

import type { Attempt } from '../matrix/outcome.ts';
import type { PlannedCell } from '../scenario/planned-step.ts';
import { type Evidence, type Judged, scalesOf } from './evidence.ts';
import { withFirstRefusals } from './first-refusals.ts';
import type { JudgeLimits } from './limits.ts';
import type { CellSeries, StepRecord } from './record.ts';
import { deadlineFor, hasBudget, mayWaver, phaseOf, spanFor } from './timeline.ts';

/** An attempt with what it is worth. */
export interface Weighed {
  readonly attempt: Attempt;
  readonly evidence: Evidence;
}

/** A cell's series, ordered and weighed: all that its verdict is derived from. */
export interface Reading {
  /** The first answer of somebody else, at whatever time; of a cell that is new, or only to work at all, from settling on. */
  readonly misrouted: Attempt | undefined;
  /** Attempts where the expectation is in force: all of them, or with a budget those sent after the change. */
  readonly inForce: readonly Weighed[];
  /** With a budget: those that ended before the change, weighed against what held then. */
  readonly before: readonly Weighed[];
  /** With a budget: those between, weighed against the new expectation; they measure, they prove nothing. */
  readonly during: readonly Weighed[];
  /**
   * Of a cell that new pods open, where pods alone come and go: all attempts from the first that came through on, those
   * of the time in which the pods were made included. What got through must not be cut off again. Else empty.
   */
  readonly sinceOpen: readonly Weighed[];
  /** It may be wrong again and again until the budget ends. */
  readonly mayWaver: boolean;
  /** When the budget ends, ms; undefined for a cell that has none. */
  readonly deadlineMs: number | undefined;
  /** The first conforming attempt in force. */
  readonly settled: Attempt | undefined;
}

/** Orders and weighs the series of a cell that is expected to come to `expected`. */
export function readSeries(series: CellSeries, expected: Judged, record: StepRecord, limits: JudgeLimits): Reading {
  const { planned } = series;
  const weigh = scalesOf(planned.cell, record, limits);
  const against = (attempt: Attempt, state: Judged): Weighed => ({ attempt, evidence: weigh(attempt, state) });
  const deadlineMs = deadlineFor(planned, record);
  const sorted = withoutLeft(series, deadlineMs).toSorted((a, b) => a.sentMs - b.sentMs);
  const attempts = withFirstRefusals(sorted, planned, record, limits);
  const change = hasBudget(planned, record) ? spanFor(planned, record.changes) : undefined;
  const phases = Object.groupBy(attempts, (attempt) => (change ? phaseOf(attempt, change) : 'after'));

  const during = (phases.during ?? []).map((attempt) => against(attempt, expected));
  const inForce = (phases.after ?? []).map((attempt) => against(attempt, expected));
  const earlier = stateBefore(planned);
  const settled = inForce.find(({ evidence }) => evidence === 'conforms')?.attempt;
  // Until a cell works for the first time, the addresses of new Services may still lead nowhere, or to whoever is there.
  const young = planned.sparse === true || (planned.fresh === true && expected === 'open');
  const answers = !young ? attempts : settled === undefined ? [] : attempts.slice(attempts.indexOf(settled));
  return {
    misrouted: answers.find(({ outcome }) => outcome === 'misrouted'),
    inForce,
    before: (phases.before ?? []).flatMap((attempt) => (earlier ? [against(attempt, earlier)] : [])),
    during,
    sinceOpen: opensAnew(planned, record) ? fromFirst([...during, ...inForce]) : [],
    mayWaver: mayWaver(planned, record),
    deadlineMs: change && deadlineMs,
    settled,
  };
}

/** Whether a new pod makes the cell, which is to be open, and nothing else happens in the step that could close it. */
function opensAnew({ cell, fresh, expected }: PlannedCell, { changes }: StepRecord): boolean {
  return (
    fresh === true && expected === 'open' && cell.path === 'pod-ip' && changes.every(({ churn }) => churn === true)
  );
}

/** The attempts from the first one on that conforms. */
function fromFirst(attempts: readonly Weighed[]): readonly Weighed[] {
  const first = attempts.findIndex(({ evidence }) => evidence === 'conforms');
  return first < 0 ? [] : attempts.slice(first);
}

/** The attempts, in which answers of pods that left the Service are somebody else's once the budget is over. */
function withoutLeft(
  { planned: { leaving }, attempts }: CellSeries,
  deadlineMs: number | undefined,
): readonly Attempt[] {
  if (leaving === undefined || deadlineMs === undefined) return attempts;
  const isOver = ({ sentMs, errorMs }: Attempt): boolean => sentMs - errorMs > deadlineMs;
  return attempts.map((attempt) =>
    attempt.outcome === 'open' && leaving.includes(attempt.answeredBy ?? '') && isOver(attempt)
      ? { ...attempt, outcome: 'misrouted' }
      : attempt,
  );
}

/** What held before the step, if anything is known of it. */
function stateBefore({ before, fresh }: PlannedCell): Judged | undefined {
  return fresh || before === 'reported' ? undefined : before;
}

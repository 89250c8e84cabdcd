import type { Attempt } from '../matrix/outcome.ts';
import type { PlannedCell } from '../scenario/planned-step.ts';
import { type Judged, type Scales, scalesOf } from './evidence.ts';
import type { Surroundings } from './health.ts';
import type { JudgeLimits } from './limits.ts';
import type { StepRecord } from './record.ts';
import { type ChangeSpan, changeSpan, hasBudget, phaseOf, spanFor } from './timeline.ts';

/** A step under way, as far as settling needs it. `agents` and `backends` may grow while it is tracked. */
export type SettlingStep = Pick<StepRecord, 'changes' | 'budgetMs' | 'flapsAllowed'> &
  Surroundings & { readonly cells: readonly PlannedCell[] };

/** Tells while a step runs when its hold can begin. */
export interface SettleTracker {
  /** Takes an attempt of the cell at `index` in `cells`, in whatever order attempts end. Constant time. */
  observe(index: number, attempt: Attempt): void;
  /** Cells with a budget of which no conforming attempt was sent after the change yet; at 0 the hold can begin. */
  readonly pending: number;
  /** When the last of these attempts was sent so far, ms: then all cells that are not pending had settled; undefined: none was. */
  readonly settledMs: number | undefined;
  /** When the budget ends: then the hold begins, settled or not. ms; 0 for a step without change. */
  readonly deadlineMs: number;
}

/** Follows a step whose changes have been answered. Agrees with `judgeStep` on the attempts seen so far. */
export function trackSettling(step: SettlingStep, limits: JudgeLimits): SettleTracker {
  const change = changeSpan(step.changes);
  const waiting = new Map<
    number,
    { readonly expected: Judged; readonly scales: Scales; readonly change: ChangeSpan | undefined }
  >();
  for (const [index, planned] of step.cells.entries()) {
    const { cell, expected } = planned;
    if (expected === 'reported' || !hasBudget(planned, step)) continue;
    waiting.set(index, { expected, scales: scalesOf(cell, step, limits), change: spanFor(planned, step.changes) });
  }
  let settledMs: number | undefined;
  return {
    observe(index, attempt) {
      const cell = waiting.get(index);
      if (!cell?.change || phaseOf(attempt, cell.change) !== 'after') return;
      if (cell.scales(attempt, cell.expected) !== 'conforms') return;
      waiting.delete(index);
      settledMs = Math.max(settledMs ?? attempt.sentMs, attempt.sentMs);
    },
    get pending() {
      return waiting.size;
    },
    get settledMs() {
      return settledMs;
    },
    deadlineMs: change ? change.answeredMs + step.budgetMs : 0,
  };
}

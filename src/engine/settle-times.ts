import { hasBudget } from '../core/judge/timeline.ts';
import type { CellVerdict } from '../core/judge/verdict.ts';
import type { PlannedStep } from '../core/scenario/planned-step.ts';

/** A step in which nothing has to change is watched so many times as long as this plugin takes to change something. */
const TIMES_AS_LONG = 3;
/** The share of a run's steps that settled no later than what is taken for the plugin's time. */
const MOST = 0.9;

/** How long the plugin of a run takes to do what a step asks for, by the steps that were judged so far. */
export class SettleTimes {
  readonly #slowest: number[] = [];

  /** Takes the cells of a judged step. */
  add(cells: readonly CellVerdict[]): void {
    const times = cells.flatMap(({ status, settledMs }) =>
      status === 'pass' && settledMs !== undefined ? settledMs : [],
    );
    if (times.length > 0) this.#slowest.push(Math.max(...times));
  }

  /**
   * The step with a hold in which also a plugin as slow as this one would show what it does wrong: where no cell has to
   * change, nothing tells when it has acted. Never longer than the step's budget.
   */
  watchedLongEnough(step: PlannedStep): PlannedStep {
    const idle = step.changes.length > 0 && !step.cells.some((cell) => hasBudget(cell, step));
    if (!idle) return step;
    return { ...step, holdMs: Math.max(step.holdMs, Math.min(step.budgetMs, TIMES_AS_LONG * this.#slow)) };
  }

  get #slow(): number {
    const sorted = this.#slowest.toSorted((a, b) => a - b);
    return sorted[Math.ceil(MOST * sorted.length) - 1] ?? 0;
  }
}

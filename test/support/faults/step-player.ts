import type { CellSeries, StepRecord } from '../../../src/core/judge/record.ts';
import type { Cell } from '../../../src/core/matrix/cell.ts';
import type { Attempt, Outcome } from '../../../src/core/matrix/outcome.ts';
import type { PlannedStep } from '../../../src/core/scenario/planned-step.ts';
import type { Change } from '../../../src/core/scenario/scenario.ts';
import type { Stage } from './stage.ts';

const LEAD_MS = 200;
const EVERY_MS = 25;
const HOLD_MS = 1_000;
/** How long an attempt that nobody answers takes, in ms. */
const TIMEOUT_MS = 500;

/** In a burst of more changes than these nobody looks: each look would need an oracle of its own. */
const MANY = 50;

/** What a cell that is as expected comes to. */
export const WANTED = { open: 'open', closed: 'dropped', unresolved: 'unresolved' } as const;

/** Plays one step from `nowMs` on, as the engine would run it: attempts and their times are made up. */
export class StepPlayer {
  nowMs: number;
  readonly #step: PlannedStep;
  readonly #stage: Stage;
  #series: readonly (CellSeries & { readonly attempts: Attempt[] })[];
  #roundMs = 0;
  readonly #changes: { readonly sentMs: number; readonly answeredMs: number }[] = [];

  constructor(step: PlannedStep, stage: Stage, nowMs: number) {
    this.#step = step;
    this.#stage = stage;
    this.nowMs = nowMs;
    this.#series = this.#seriesOf(({ fresh }) => fresh !== true);
  }

  /** The whole step. */
  play(): StepRecord {
    this.#watch(LEAD_MS);
    const { changes, together } = this.#step;
    for (const group of together === true ? [changes] : changes.map((change) => [change])) this.#make(group);
    this.#series = [...this.#series, ...this.#seriesOf(({ fresh }) => fresh === true)];
    this.#settle();
    return this.#hold();
  }

  #seriesOf(filter: (planned: PlannedStep['cells'][number]) => boolean) {
    return this.#step.cells.filter(filter).map((planned) => ({ planned, attempts: [], intervalMs: this.#holdEveryMs }));
  }

  /** A long hold is not watched as often as the engine does. */
  get #holdEveryMs(): number {
    return EVERY_MS * Math.max(1, Math.floor(this.#step.holdMs / HOLD_MS));
  }

  /** Attempts of every cell for a while. */
  #watch(lengthMs: number, everyMs: number = EVERY_MS): void {
    for (const untilMs = this.nowMs + lengthMs; this.nowMs < untilMs; this.nowMs += everyMs) this.#round();
  }

  /** Requests changes at once, and goes on when all are answered. */
  #make(changes: readonly Change[]): void {
    const sentMs = this.nowMs;
    const lengthMs = Math.max(0, ...changes.map((change) => this.#stage.begin(change, sentMs)));
    if (lengthMs >= EVERY_MS) this.#watch(lengthMs);
    else {
      this.nowMs += lengthMs;
      if (this.#step.changes.length <= MANY && this.nowMs - this.#roundMs >= EVERY_MS) this.#round();
    }
    for (const change of changes) {
      this.#stage.end(change, this.nowMs);
      this.#changes.push({ sentMs, answeredMs: this.nowMs });
    }
  }

  /** Until what must hold after the step holds, or the budget is over. */
  #settle(): void {
    const untilMs = this.nowMs + this.#step.budgetMs;
    this.nowMs += 1;
    const slowMs = this.nowMs + HOLD_MS;
    while (!this.#round() && this.nowMs < untilMs) this.nowMs += this.nowMs < slowMs ? EVERY_MS : 10 * EVERY_MS;
    this.nowMs += EVERY_MS;
  }

  #hold(): StepRecord {
    const fromMs = this.nowMs;
    this.#watch(Math.max(HOLD_MS, this.#step.holdMs), this.#holdEveryMs);
    const hold = { fromMs, toMs: this.nowMs };
    // What is under way at a step's end has ended when the next one begins.
    this.nowMs += TIMEOUT_MS + EVERY_MS;
    return {
      changes: this.#changes,
      series: this.#series,
      agents: new Map(),
      backends: new Map(),
      budgetMs: this.#step.budgetMs,
      flapsAllowed: this.#step.flapsAllowed,
      hold,
    };
  }

  /** One attempt of every cell; whether all came to what must hold after the step. */
  #round(): boolean {
    let settled = true;
    this.#roundMs = this.nowMs;
    for (const { planned, attempts } of this.#series) {
      const outcome = this.#stage.attempt(planned.cell, this.nowMs);
      attempts.push(attemptOf(planned.cell, this.nowMs, outcome));
      if (planned.expected !== 'reported' && WANTED[planned.expected] !== outcome) settled = false;
    }
    return settled;
  }
}

function attemptOf({ to }: Cell, sentMs: number, outcome: Outcome): Attempt {
  const open = outcome === 'open';
  return {
    sentMs,
    errorMs: 0,
    durationMs: open ? 1 : TIMEOUT_MS,
    outcome,
    latenessMs: 0,
    ...(open && { answeredBy: to }),
  };
}

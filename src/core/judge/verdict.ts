import type { Cell } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import type { Attempt, Outcome } from '../matrix/outcome.ts';

/** How a cell, a step or a scenario came out. Precedence: fail, inconclusive, pass. */
export type Status = 'pass' | 'fail' | 'inconclusive';

/** A time that lies between two attempts: at least, at most, in ms. `resolutionMs` is their distance. */
export interface Interval {
  readonly atLeastMs: number;
  readonly atMostMs: number;
  readonly resolutionMs: number;
}

/** Why a cell is not a pass; `code` is stable. */
export type CellReason =
  /** The cell does not change and an attempt contradicted it, or it never settled. */
  | { readonly code: 'contrary' | 'never-settled'; readonly attempt: Attempt }
  /** It settled after the budget. */
  | { readonly code: 'late'; readonly settledMs: number; readonly budgetMs: number }
  /** It was right, then wrong again after the grace. */
  | { readonly code: 'flap'; readonly attempt: Attempt; readonly afterSettledMs: number }
  /** Somebody else answered. */
  | { readonly code: 'misrouted'; readonly attempt: Attempt }
  /** Too few attempts, or those that matter are unknown. */
  | { readonly code: 'unknown'; readonly detail: string };

/** A judged cell. Times are ms after the first change was sent (before it: negative). */
export interface CellVerdict {
  readonly cell: Cell;
  readonly before: Expected;
  readonly expected: Expected;
  /** `reported` cells are observed and never judged. */
  readonly status: Status | 'reported';
  readonly reasons: readonly CellReason[];
  /** The outcome that stands for the cell in a printed matrix: of the contrary attempt if it failed, else the last. */
  readonly observed: Outcome | undefined;
  readonly attempts: number;
  /** Leak rate (0 to 1) that the attempts of the hold exclude at 95 %: 30 attempts exclude 0.1. */
  readonly excludedLeak: number;
  readonly settledMs: number | undefined;
  /** How long a cell that must close stayed open. */
  readonly exposure: Interval | undefined;
  /** How long a cell that must open stayed closed. */
  readonly outage: Interval | undefined;
  /** The answer carried no identity: the destination has none to give. */
  readonly unverified: boolean;
}

/** A judged step: the worst of its cells decides. */
export interface StepVerdict {
  readonly status: Status;
  readonly cells: readonly CellVerdict[];
}

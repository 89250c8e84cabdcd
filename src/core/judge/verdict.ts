import type { Cell } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import type { Attempt, Outcome } from '../matrix/outcome.ts';
import type { HeldFate } from './held-connection.ts';

/** How a cell, a step or a scenario came out. Precedence: fail, inconclusive, pass. */
export type Status = 'pass' | 'fail' | 'inconclusive';

/**
 * A length of time that ended between two attempts: at least, at most, in ms after the first change was sent.
 * `resolutionMs` is their distance; null where no attempt showed the end.
 */
export interface Interval {
  readonly atLeastMs: number;
  readonly atMostMs: number | null;
  readonly resolutionMs: number | null;
}

/** Why a cell is not a pass; `code` is stable. All but `unknown` make it fail. */
export type CellReason =
  /** An attempt contradicted a cell that the step does not change (for a new pod: that must be closed from the start). */
  | { readonly code: 'contrary'; readonly attempt: Attempt }
  /** An attempt that ended before the change contradicted what the step before expected. */
  | { readonly code: 'contrary-before'; readonly attempt: Attempt }
  /** After the budget it was still wrong, and it never came right. */
  | { readonly code: 'never-settled'; readonly attempt: Attempt }
  /** After the budget it was still wrong (`attempt`), and came right later. */
  | { readonly code: 'late'; readonly attempt: Attempt; readonly settledMs: number; readonly budgetMs: number }
  /** It was right, then wrong again after the grace. */
  | { readonly code: 'flap'; readonly attempt: Attempt; readonly afterSettledMs: number }
  /** Somebody else answered, at whatever time. */
  | { readonly code: 'misrouted'; readonly attempt: Attempt }
  /** Too few attempts, or those that matter prove nothing; `doubtful`: because of what the network did, not our probing. */
  | { readonly code: 'unknown'; readonly detail: string; readonly doubtful: boolean };

/** A judged cell. Times are ms after the first change was sent (before it: negative). */
export interface CellVerdict {
  readonly cell: Cell;
  readonly before: Expected;
  readonly expected: Expected;
  /** `reported` cells are observed and never judged. */
  readonly status: Status | 'reported';
  readonly reasons: readonly CellReason[];
  /** The outcome that stands for the cell in a printed matrix: of the contrary attempt if it failed, else the last known. */
  readonly observed: Outcome | undefined;
  readonly attempts: number;
  /** Attempts that say something about the expectation where it is in force. */
  readonly known: number;
  /** Known attempts that contradict it, those inside budget and grace too. */
  readonly contrary: number;
  /** Leak rate (0 to 1) that the attempts of the hold exclude at 95 %: 30 attempts exclude 0.1; 1 for a failed cell. */
  readonly excludedLeak: number;
  /** When the first conforming attempt after the change was sent; undefined for cells that have no budget. */
  readonly settledMs: number | undefined;
  /** How long a cell that must close stayed open. */
  readonly exposure: Interval | undefined;
  /** How long a cell that must open stayed closed. */
  readonly outage: Interval | undefined;
  /** The answer carried no identity: the destination has none to give. */
  readonly unverified: boolean;
}

/** Why a connection is not a pass: what was wrong with the one that was `held`, or with the one dialled `again`. */
export interface ConnectionReason {
  readonly about: 'held' | 'again';
  readonly expected: Expected;
  readonly reason: CellReason;
}

/** A connection that was held open, judged where the API speaks of it. */
export interface ConnectionVerdict {
  /** Its own, or where that is judged the cell of the pods that have its addresses now. */
  readonly cell: Cell;
  readonly fate: HeldFate;
  /** `reported`: the API leaves open what becomes of it. */
  readonly status: Status | 'reported';
  readonly reasons: readonly ConnectionReason[];
}

/** A judged step: the worst of its cells and connections decides. */
export interface StepVerdict {
  readonly status: Status;
  readonly cells: readonly CellVerdict[];
  /** Of the record's connections, in their order. */
  readonly connections: readonly ConnectionVerdict[];
}

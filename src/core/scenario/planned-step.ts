import type { Cell } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import type { Change } from './scenario.ts';

/** A cell of a step, with what it must come to now and what held before the step. */
export interface PlannedCell {
  readonly cell: Cell;
  /** What the step before expected; `open` before the first step (no policy). */
  readonly before: Expected;
  readonly expected: Expected;
  /** The step, or a policy in force, concerns the cell: it is sampled densely. */
  readonly touched: boolean;
  /** A few attempts are enough: whether it works at all is asked, not how reliably. */
  readonly sparse?: boolean;
  /** One of its pods is made by this step: closed must hold from the first packet, open may come late. */
  readonly fresh?: boolean;
  /** Index of the change that makes the destination, where until then nobody has its address, which is dialled all the time. */
  readonly madeBy?: number;
  /** Closed before and after, but at another end: it may be open in passing, inside the budget. */
  readonly handedOver?: boolean;
  /** Not judged but for who answers: only these pods may, once the budget is over. */
  readonly answerable?: readonly string[];
  /** Of these, the pods that have to answer a connection that is led to them. */
  readonly allowed?: readonly string[];
  /** Pods that the step takes from behind the Service: they may answer until the budget is over. */
  readonly leaving?: readonly string[];
  /** Which rule decides, in one or more lines, for the report of a failure. */
  readonly explanation: string;
}

/** A step with its whole matrix: what the engine runs and the judge judges. */
export interface PlannedStep {
  readonly name: string;
  readonly changes: readonly Change[];
  /** All changes are requested at once, none waits for the answer of another. */
  readonly together?: boolean;
  readonly cells: readonly PlannedCell[];
  readonly budgetMs: number;
  readonly holdMs: number;
  readonly flapsAllowed: boolean;
  /** The step waits for something that began before it (new pods, Services): its start counts as the change. */
  readonly awaited?: boolean;
  /** Every cell is to be open in the end: where flaps are allowed, a hold without any is enough, before the budget is over. */
  readonly closing?: boolean;
}

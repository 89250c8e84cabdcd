import type { Attempt } from '../matrix/outcome.ts';
import type { PlannedCell } from '../scenario/planned-step.ts';
import type { StepRecord } from './record.ts';

/** The change of a step as one span: first request sent to last answer received, in ms. */
export interface ChangeSpan {
  readonly sentMs: number;
  readonly answeredMs: number;
}

/** Where an attempt stands: enforcement may begin anywhere between request and answer, so `during` proves nothing. */
export type Phase = 'before' | 'during' | 'after';

/** The part of a record that says what a step changes. */
export interface StepChange {
  readonly changes: readonly unknown[];
  readonly flapsAllowed: boolean;
}

/** The span of all changes; undefined for a step that only observes. */
export function changeSpan(changes: StepRecord['changes']): ChangeSpan | undefined {
  if (changes.length === 0) return undefined;
  return {
    sentMs: changes.reduce((first, { sentMs }) => Math.min(first, sentMs), Number.POSITIVE_INFINITY),
    answeredMs: changes.reduce((last, { answeredMs }) => Math.max(last, answeredMs), Number.NEGATIVE_INFINITY),
  };
}

/**
 * The span of the changes that a cell's expectation waits for. Pods that come take seconds until they are Ready: what
 * changes between others does not wait for them.
 */
export function spanFor({ fresh }: PlannedCell, changes: StepRecord['changes']): ChangeSpan | undefined {
  const standing = changes.filter(({ churn }) => churn !== true);
  return changeSpan(fresh || standing.length === 0 ? changes : standing);
}

/** When a cell's budget ends, ms; undefined where nothing changes. */
export function deadlineFor(
  planned: PlannedCell,
  { changes, budgetMs }: Pick<StepRecord, 'changes' | 'budgetMs'>,
): number | undefined {
  const change = spanFor(planned, changes);
  return change && change.answeredMs + budgetMs;
}

/** From where a step's times are counted: the first change's sending, or the hold's begin where nothing changes. ms. */
export function zeroOf({ changes, hold }: StepRecord): number {
  return changeSpan(changes)?.sentMs ?? hold.fromMs;
}

/** Where an attempt surely stands, clock error included; one in flight when the change was sent is `during`. */
export function phaseOf({ sentMs, errorMs, durationMs }: Attempt, change: ChangeSpan): Phase {
  if (sentMs + durationMs + errorMs < change.sentMs) return 'before';
  return sentMs - errorMs > change.answeredMs ? 'after' : 'during';
}

/**
 * Whether a cell may take its time. Cells whose expectation the step changes may, and those that are closed at another end by
 * it; where flaps are allowed also those that it touches; of new pods only those that open, for isolation must hold from the first packet.
 */
export function hasBudget(planned: PlannedCell, step: StepChange): boolean {
  const { before, expected, touched, fresh } = planned;
  if (step.changes.length === 0) return false;
  if (fresh) return expected === 'open';
  return before !== expected || (touched && mayWaver(planned, step));
}

/** Whether a cell with a budget may be wrong again and again inside it: that it came right once proves nothing. */
export function mayWaver({ handedOver }: PlannedCell, { flapsAllowed }: StepChange): boolean {
  return flapsAllowed || handedOver === true;
}

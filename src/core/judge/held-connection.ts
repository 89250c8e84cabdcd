import type { Cell } from '../matrix/cell.ts';
import type { Attempt, Outcome } from '../matrix/outcome.ts';
import type { StepRecord } from './record.ts';
import { changeSpan } from './timeline.ts';

/** A connection that was held open through a step. */
export interface HeldConnection {
  readonly cell: Cell;
  /** Where a pod of the cell is gone: the cell of those that have the addresses now. */
  readonly heir?: Cell;
  /** It began at this port, while its cell was closed. */
  readonly sourcePort?: number;
  /** Exchanges on it, from before the change to the end of the hold. */
  readonly exchanges: readonly Attempt[];
  /** The attempt from its source port after the hold, with the connection closed. */
  readonly again: Attempt | undefined;
}

/**
 * What became of it. `kept`: it still answered at the end, `interrupted`: so it did, but not all the time; `cut`: it answered
 * before the change, and from `atMs` on no more; `not-open`: it did not answer before the change; `unknown`: nobody can tell.
 */
export type HeldState = 'kept' | 'interrupted' | 'cut' | 'not-open' | 'unknown';

/** What a report says of a connection; `judgeConnection` says what of it is a failure. */
export interface HeldFate {
  readonly state: HeldState;
  /** The first exchange without an answer, undefined unless `cut` or `interrupted`. */
  readonly broken: Attempt | undefined;
  readonly answered: number;
  readonly again: Outcome | undefined;
}

/** So many have to be answered on a connection that a new pod opened, a tenth of a second each: policies come to it in the first seconds. */
const FRESH_LEAST = 20;
/** So many exchanges at the end have to stay without an answer: one alone may be a late agent. */
const CUT_LEAST = 3;

/**
 * Reads what became of a connection through a step's change. Silence that `isExcused` may be our own says nothing, and
 * neither does anything after it where the connection never came back. One of a `fresh` pod was opened in the step, and is
 * there from its first answer on.
 */
export function heldFate(
  { exchanges, again }: HeldConnection,
  step: Pick<StepRecord, 'changes' | 'hold'>,
  isExcused: (attempt: Attempt) => boolean = () => false,
  fresh = false,
): HeldFate {
  const sentMs = fresh ? Number.POSITIVE_INFINITY : (changeSpan(step.changes)?.sentMs ?? step.hold.fromMs);
  const inOrder = exchanges.toSorted((a, b) => a.sentMs - b.sentMs);
  const begun = inOrder.findIndex(({ outcome }) => outcome === 'open');
  const all = fresh && begun > 0 ? inOrder.slice(begun) : inOrder;
  const saysNothing = (exchange: Attempt): boolean =>
    exchange.outcome === 'inconclusive' || (exchange.outcome !== 'open' && isExcused(exchange));
  const known = all.filter((exchange) => !saysNothing(exchange));
  const answered = known.filter(({ outcome }) => outcome === 'open').length;
  const facts = { answered, again: again?.outcome, broken: undefined };
  if (known.length === 0) return { ...facts, state: 'unknown' };
  if (!known.some((exchange) => exchange.outcome === 'open' && exchange.sentMs < sentMs)) {
    return { ...facts, state: 'not-open' };
  }
  const last = known.findLastIndex(({ outcome }) => outcome === 'open');
  const silent = known.slice(last + 1);
  const reset = silent.some(({ outcome }) => outcome === 'refused');
  if (silent.length >= CUT_LEAST || reset) {
    const first = all[all.findLastIndex(({ outcome }) => outcome === 'open') + 1];
    if (first !== undefined && saysNothing(first)) return { ...facts, state: 'unknown' };
    return { ...facts, state: 'cut', broken: silent[0] };
  }
  const broken = brokenIn(known.slice(0, last));
  if (broken !== undefined) return { ...facts, state: 'interrupted', broken };
  return { ...facts, state: fresh && answered < FRESH_LEAST ? 'unknown' : 'kept' };
}

/** The first of enough exchanges in a row without an answer. */
function brokenIn(exchanges: readonly Attempt[]): Attempt | undefined {
  for (let from = 0; from + CUT_LEAST <= exchanges.length; from += 1) {
    const run = exchanges.slice(from, from + CUT_LEAST);
    if (run.every(({ outcome }) => outcome !== 'open')) return run[0];
  }
  return undefined;
}

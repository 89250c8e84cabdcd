import type { Cell } from '../matrix/cell.ts';
import type { Attempt, Outcome } from '../matrix/outcome.ts';
import type { StepRecord } from './record.ts';
import { changeSpan } from './timeline.ts';

/** A connection that was held open through a step. */
export interface HeldConnection {
  readonly cell: Cell;
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

/** What a report says of a connection. Nothing of it is judged: the API leaves open what becomes of established ones. */
export interface HeldFate {
  readonly state: HeldState;
  /** When the first exchange without an answer was sent, on the run's clock; undefined unless `cut` or `interrupted`. */
  readonly brokenMs: number | undefined;
  readonly answered: number;
  readonly again: Outcome | undefined;
}

/** So many exchanges at the end have to stay without an answer: one alone may be a late agent. */
const CUT_LEAST = 3;

/** Reads what became of a connection through a step's change. */
export function heldFate({ exchanges, again }: HeldConnection, step: Pick<StepRecord, 'changes' | 'hold'>): HeldFate {
  const sentMs = changeSpan(step.changes)?.sentMs ?? step.hold.fromMs;
  const known = exchanges.filter(({ outcome }) => outcome !== 'inconclusive').toSorted((a, b) => a.sentMs - b.sentMs);
  const answered = known.filter(({ outcome }) => outcome === 'open').length;
  const facts = { answered, again: again?.outcome, brokenMs: undefined };
  if (known.length === 0) return { ...facts, state: 'unknown' };
  if (!known.some((exchange) => exchange.outcome === 'open' && exchange.sentMs < sentMs)) {
    return { ...facts, state: 'not-open' };
  }
  const last = known.findLastIndex(({ outcome }) => outcome === 'open');
  const silent = known.slice(last + 1);
  const reset = silent.some(({ outcome }) => outcome === 'refused');
  if (silent.length >= CUT_LEAST || reset) return { ...facts, state: 'cut', brokenMs: silent[0]?.sentMs };
  const broken = brokenIn(known.slice(0, last));
  return { ...facts, state: broken === undefined ? 'kept' : 'interrupted', brokenMs: broken };
}

/** When the first of enough exchanges in a row without an answer was sent. */
function brokenIn(exchanges: readonly Attempt[]): number | undefined {
  for (let from = 0; from + CUT_LEAST <= exchanges.length; from += 1) {
    const run = exchanges.slice(from, from + CUT_LEAST);
    if (run.every(({ outcome }) => outcome !== 'open')) return run[0]?.sentMs;
  }
  return undefined;
}

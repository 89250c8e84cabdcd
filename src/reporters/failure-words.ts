import type { CellReason } from '../core/judge/verdict.ts';
import type { Attempt } from '../core/matrix/outcome.ts';
import type { CellResult, FailureResult, StepResult } from '../core/result/result.ts';
import { percent } from './words.ts';

/** The step that a time is told of: its times count from its change, or from the beginning of its hold where it has none. */
export type TimedStep = Pick<StepResult, 'changes'>;

/** What came back, for people. */
export function observedIn(reason: CellReason): string {
  return reason.code === 'unknown' ? `not known: ${reason.detail}` : outcomeOf(reason.attempt);
}

function outcomeOf({ outcome, handshake, arrived, sourceAddress, answeredBy, sourceSeen, detail }: Attempt): string {
  const who = `${answeredBy ?? 'somebody without identity'}${sourceSeen === undefined ? '' : `, which saw ${sourceSeen}`}`;
  const words = detail === undefined ? '' : ` (${detail})`;
  switch (outcome) {
    case 'open':
      return `open, answered by ${who}`;
    case 'misrouted':
      return `misrouted, answered by ${who}`;
    case 'unresolved':
      return `the name did not resolve${words}`;
    default:
      if (arrived && outcome === 'refused') return `a packet that arrived, and was refused${words}`;
      if (arrived) return `a ${sourceAddress === undefined ? 'datagram' : 'SYN'} that arrived, without an answer`;
      return handshake ? 'a handshake without an answer' : `${outcome}${words}`;
  }
}

/** A moment of a step: `7500 ms after the change`, or of a step that only observes `after the hold began`. */
export function momentOf(ms: number, { changes }: TimedStep): string {
  const zero = changes.length > 0 ? 'the change' : 'the hold began';
  return ms < 0 ? `${round(-ms)} ms before ${zero}` : `${round(ms)} ms after ${zero}`;
}

/** When the attempt was sent and what makes it count. `atMs` belongs to the first reason. */
export function whenIn(reason: Exclude<CellReason, { code: 'unknown' }>, atMs: number | null, step: TimedStep): string {
  const at = atMs === null ? '' : momentOf(atMs, step);
  switch (reason.code) {
    case 'contrary':
      return `${at}; the step does not change this cell`;
    case 'contrary-before':
      return `${at}, against what the step before expected`;
    case 'never-settled':
      return `still ${at}; it never came right`;
    case 'late':
      return `still ${at}; it came right after ${round(reason.settledMs)} ms, the budget is ${reason.budgetMs} ms`;
    case 'flap':
      return `${at}: it was right, and wrong again ${round(reason.afterSettledMs)} ms after settling`;
    case 'misrouted':
      return at;
  }
}

/** Of a connection: when it was lost, or came about, and what makes that count. */
export function connectionWhen(
  { connection, expected, at_ms }: Pick<FailureResult, 'connection' | 'expected' | 'at_ms'>,
  step: TimedStep,
): string {
  const at = momentOf(at_ms ?? 0, step);
  if (connection === 'again') {
    return `${at}, at the end of the step; once the one before it was closed, or its pod gone, this is a new connection`;
  }
  return expected === 'open'
    ? `unanswered from ${at} on; the cell is open before the step and after it`
    : `answered ${at}; no connection of this cell was ever allowed`;
}

/** How many attempts of a cell speak against it, and what leaks the others exclude. */
export function attemptsOf({ contrary, known, attempts, excluded_leak, status }: CellResult): string {
  if (known === 0) return `${attempts} made, none of them known`;
  const made = attempts > known ? `, ${attempts} made in all` : '';
  const excluded =
    status === 'failed' || excluded_leak === 1 ? '' : `; leaks over ${percent(excluded_leak)} are excluded`;
  return `${contrary} of ${known} contradict${made}${excluded}`;
}

function round(ms: number): number {
  return Math.round(ms);
}

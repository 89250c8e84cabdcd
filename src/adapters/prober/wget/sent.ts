import type { Attempt, Outcome } from '../../../core/matrix/outcome.ts';
import { WGET_TIMEOUT_MS } from './shell.ts';

/** When we asked for a command, heard of its start, and heard of its end, in ms on our clock. */
export interface HeardTimes {
  readonly askedMs: number;
  readonly startedMs: number;
  readonly endedMs: number;
}

/** From saying that it starts, the shell needs less than this to start wget. */
const START_MS = 100;

/** The latest time at which the command can have sent what decided its outcome. */
function latest(outcome: Outcome, { startedMs, endedMs }: HeardTimes): number {
  // Its clock for the timeout starts just before it connects, after the name is resolved.
  if (outcome === 'dropped') return endedMs - WGET_TIMEOUT_MS;
  // Resolvers ask at once, and may then wait and ask again for many seconds.
  if (outcome === 'unresolved') return Math.min(endedMs, startedMs + START_MS);
  return endedMs;
}

/** When an attempt was sent, as the middle of what is possible with half the width as error. */
export function sentTimes(outcome: Outcome, heard: HeardTimes): Pick<Attempt, 'sentMs' | 'errorMs' | 'durationMs'> {
  const errorMs = Math.max(0, latest(outcome, heard) - heard.askedMs) / 2;
  const sentMs = heard.askedMs + errorMs;
  return { sentMs, errorMs, durationMs: heard.endedMs - sentMs };
}

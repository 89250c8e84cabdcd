import { neededInHold } from '../core/judge/doubts.ts';
import { scalesOf } from '../core/judge/evidence.ts';
import type { Surroundings } from '../core/judge/health.ts';
import { DEFAULT_LIMITS } from '../core/judge/limits.ts';
import type { CellSeries, Span } from '../core/judge/record.ts';
import { attemptsEnd } from './catch-up.ts';
import type { Watched } from './observation.ts';

/** A hold gets longer by at most so many times what was asked for, and by no more than so many ms. */
const MOST_TIMES = 4;
const MOST_MS = 10_000;

/**
 * Watches for the time of a hold, which began at `fromMs`, and until its attempts have ended; probing goes on as it is. A
 * hold in which agents were too late, or fell too far behind, to make the attempts that have to count gets longer. That has
 * nothing to do with what the network did, by which a hold is never prolonged. `isOver` is told when the time is over,
 * before its attempts have ended.
 */
export async function holdFor(
  { fromMs, holdMs }: { readonly fromMs: number; readonly holdMs: number },
  watched: Watched,
  surroundings: () => Surroundings,
  isOver: () => void = () => {},
): Promise<Span> {
  const { clock, signal, observation } = watched;
  await clock.sleep(Math.max(0, fromMs + holdMs - clock.now()), signal);
  let hold = { fromMs, toMs: clock.now() };
  const lastMs = hold.toMs + Math.min(MOST_TIMES * holdMs, MOST_MS);
  for (;;) {
    isOver();
    await attemptsEnd(hold.toMs, watched);
    if (
      clock.now() > lastMs ||
      observation.lost !== undefined ||
      isKnown(observation.series(hold.fromMs, hold.toMs), surroundings())
    )
      return hold;
    hold = { fromMs, toMs: clock.now() };
  }
}

/** Whether of every cell that agents probe as many attempts of the hold are known as have to count. */
function isKnown(series: readonly CellSeries[], surroundings: Surroundings): boolean {
  return series.every(({ planned, attempts }) => {
    const { cell, expected } = planned;
    if (cell.method !== 'agent' || expected === 'reported') return true;
    const weigh = scalesOf(cell, surroundings, DEFAULT_LIMITS);
    const known = attempts.filter((attempt) => weigh(attempt, expected) !== 'unknown');
    return known.length >= neededInHold(planned, DEFAULT_LIMITS);
  });
}

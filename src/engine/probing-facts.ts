import type { ProbingResult, Spread } from '../core/result/result.ts';
import type { Lanes } from './lanes.ts';
import type { Pace } from './pace.ts';
import type { ProbingLog } from './probing-log.ts';

/** What a result says of how the run probed: at which rate, and how well it kept to its plan. */
export function probingFacts({ count }: Lanes, pace: Pace, log: ProbingLog): ProbingResult {
  const levels = pace.calibration?.levels.map(({ attemptsPerSecond, late }) => ({
    attempts_per_second: attemptsPerSecond,
    late_ms: rounded(late),
  }));
  return {
    lanes: count,
    attempts_per_second: pace.attemptsPerSecond ?? null,
    calibration: levels ?? null,
    late_ms: rounded(log.late),
    clock_error_ms: rounded(log.clockError),
  };
}

function rounded(spread: Spread | null): Spread | null {
  if (spread === null) return null;
  const round = (ms: number) => Math.round(ms * 100) / 100;
  return { p50: round(spread.p50), p95: round(spread.p95), max: round(spread.max) };
}

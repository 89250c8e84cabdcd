import type { Attempt } from '../matrix/outcome.ts';
import type { SeriesRun } from './result.ts';

/** Codes a series by runs of equal outcomes, in the order of sending; times are counted from `zeroMs`. */
export function encodeSeries(attempts: readonly Attempt[], zeroMs: number): SeriesRun[] {
  const runs: SeriesRun[] = [];
  for (const { outcome, sentMs } of attempts.toSorted((a, b) => a.sentMs - b.sentMs)) {
    const atMs = rounded(sentMs - zeroMs);
    const last = runs.pop();
    if (last?.[0] === outcome) runs.push([outcome, last[1] + 1, last[2], atMs]);
    else runs.push(...(last ? [last] : []), [outcome, 1, atMs, atMs]);
  }
  return runs;
}

/** Milliseconds as a result states them: to a tenth. */
export function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

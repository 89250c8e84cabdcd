import type { Spread } from './result.ts';

/** Exact percentiles by nearest rank: the smallest value that at least p % of the values do not exceed; null of none. */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = values.toSorted((a, b) => a - b);
  const max = sorted.at(-1);
  if (max === undefined) return null;
  const rank = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? max;
  return { p50: rank(0.5), p95: rank(0.95), max };
}

/** A bar of a histogram: how many values lie in `[fromMs, toMs)`. */
export interface Bin {
  readonly fromMs: number;
  readonly toMs: number;
  readonly count: number;
}

/** Edges grow by the same factor, so that one slow cell does not squeeze all others into one bar. */
const BINS_PER_DECADE = 8;

/** Bins of times in ms, from the one of the least to the one of the greatest value; below 1 ms all share a bin. */
export function histogram(values: readonly number[]): readonly Bin[] {
  if (values.length === 0) return [];
  const indices = values.map((value) => (value < 1 ? -1 : Math.floor(Math.log10(value) * BINS_PER_DECADE + 1e-9)));
  const first = indices.reduce((a, b) => Math.min(a, b));
  const last = indices.reduce((a, b) => Math.max(a, b));
  const counts = new Array<number>(last - first + 1).fill(0);
  for (const index of indices) counts[index - first] = (counts[index - first] ?? 0) + 1;
  return counts.map((count, offset) => ({ fromMs: edge(first + offset), toMs: edge(first + offset + 1), count }));
}

function edge(index: number): number {
  return index < 0 ? 0 : 10 ** (index / BINS_PER_DECADE);
}

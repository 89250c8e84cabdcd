/** Inclusive range. */
export interface Interval<T extends number | bigint> {
  readonly low: T;
  readonly high: T;
}

/** Ranges in order that neither overlap nor, once merged, repeat. */
export type Intervals<T extends number | bigint> = readonly Interval<T>[];

/** The union of ranges, in order and without overlaps. */
export function mergeIntervals<T extends number | bigint>(ranges: Intervals<T>): Intervals<T> {
  const merged: Interval<T>[] = [];
  for (const range of ranges.toSorted((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0))) {
    const last = merged.at(-1);
    if (last === undefined || range.low > last.high) merged.push(range);
    else if (range.high > last.high) merged[merged.length - 1] = { low: last.low, high: range.high };
  }
  return merged;
}

/** What is left of one range without others. */
export function subtractIntervals(range: Interval<bigint>, holes: Intervals<bigint>): Intervals<bigint> {
  const left: Interval<bigint>[] = [];
  let low = range.low;
  for (const hole of mergeIntervals(holes)) {
    if (hole.high < low || hole.low > range.high) continue;
    if (hole.low > low) left.push({ low, high: hole.low - 1n });
    low = hole.high + 1n;
  }
  return low > range.high ? left : [...left, { low, high: range.high }];
}

/** Whether one of merged ranges holds the value; by binary search. */
export function inIntervals<T extends number | bigint>(ranges: Intervals<T>, value: T): boolean {
  let from = 0;
  let to = ranges.length - 1;
  while (from <= to) {
    const middle = (from + to) >> 1;
    const range = ranges[middle];
    if (range === undefined || value < range.low) to = middle - 1;
    else if (value > range.high) from = middle + 1;
    else return true;
  }
  return false;
}

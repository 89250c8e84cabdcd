import type { Spread } from '../core/result/result.ts';

/** Buckets for each factor of two: values of one bucket differ by 9 % at most. */
const BUCKETS_A_DOUBLING = 8;
/** Values below this share the first bucket. */
const SMALLEST = 0.01;

/** Counts values in buckets whose width grows with the value, so that percentiles of any number of them cost nothing. */
export class Histogram {
  readonly #counts: number[] = [];
  #total = 0;
  #max = 0;

  /** Counts a value, 0 or more. */
  add(value: number): void {
    const bucket = value <= SMALLEST ? 0 : Math.ceil(Math.log2(value / SMALLEST) * BUCKETS_A_DOUBLING);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#total += 1;
    this.#max = Math.max(this.#max, value);
  }

  /** Percentiles, too high by 9 % at most; null without values. */
  spread(): Spread | null {
    if (this.#total === 0) return null;
    return { p50: this.#rank(0.5), p95: this.#rank(0.95), max: this.#max };
  }

  #rank(share: number): number {
    let left = Math.ceil(share * this.#total);
    for (const [bucket, count] of this.#counts.entries()) {
      left -= count ?? 0;
      if (left <= 0) return Math.min(this.#max, SMALLEST * 2 ** (bucket / BUCKETS_A_DOUBLING));
    }
    return this.#max;
  }
}

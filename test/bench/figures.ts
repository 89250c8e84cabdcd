/** Measured values by name; the name ends in the unit (`compile_seconds`, `verdicts_per_second`). */
export type Figures = Readonly<Record<string, number>>;

/** A benchmark: measures and returns its figures, against programs of others by name. Throws when what it measures is wrong. */
export type Bench = (peers: ReadonlyMap<string, string>) => Promise<Figures>;

/** Seconds that a call takes, with what it returns. */
export function timed<T>(call: () => T): { readonly seconds: number; readonly value: T } {
  const start = performance.now();
  const value = call();
  return { seconds: (performance.now() - start) / 1000, value };
}

/** The middle one of measured values. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

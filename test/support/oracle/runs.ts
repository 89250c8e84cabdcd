/** Runs of a property: as given, or times `NETPROOF_RUNS` (nightly). */
export function numRuns(runs: number): number {
  return Math.ceil(runs * Number(process.env.NETPROOF_RUNS ?? 1));
}

import type { Scenario } from '../../../src/core/scenario/scenario.ts';

/** Of a file's cases one in so many runs on a real cluster, unless all are asked for. */
const ONE_IN = 10;

/**
 * Scenarios to run where all would take too long: every one that has a file of its own, and of the cases of a file one
 * in ten, at least one, each seed's own. Ten seeds in a row go through all.
 */
export function sampleOf(scenarios: readonly Scenario[], seed: number): readonly Scenario[] {
  const files = Map.groupBy(scenarios, ({ file }) => file);
  return [...files.values()].flatMap((cases) =>
    cases.filter(
      (_, index) =>
        cases.length === 1 || index % Math.min(ONE_IN, cases.length) === seed % Math.min(ONE_IN, cases.length),
    ),
  );
}

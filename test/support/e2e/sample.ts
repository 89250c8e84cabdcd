import type { Scenario } from '../../../src/core/scenario/scenario.ts';

/** Of a file's cases one in so many runs on a real cluster, unless all are asked for. */
const CASES_ONE_IN = 20;
/** Of the scenarios that other suites ask too one in so many. */
const FILES_ONE_IN = 10;
/** The scenarios that the README tells of, which all run. */
const ALWAYS = /^article\//;
const SOMETIMES = /^(?:upstream|recipes)\//;

/**
 * Scenarios to run where all would take most of an hour: those of the article, one in ten of the upstream suite's and the
 * recipes, and of the cases of a file one in twenty, at least one, each seed's own. Twenty seeds in a row go through all of
 * these.
 */
export function sampleOf(scenarios: readonly Scenario[], seed: number): readonly Scenario[] {
  const files = [...Map.groupBy(scenarios, ({ file }) => file).values()];
  const single = files.filter((cases) => cases.length === 1).flat();
  const tables = files.filter((cases) => cases.length > 1);
  return [
    ...single.filter(({ id }) => ALWAYS.test(id)),
    ...oneIn(
      FILES_ONE_IN,
      single.filter(({ id }) => SOMETIMES.test(id)),
      seed,
    ),
    ...tables.flatMap((cases) => oneIn(CASES_ONE_IN, cases, seed)),
  ];
}

/** Each seed's own part of a list, at least one. */
function oneIn<T>(many: number, list: readonly T[], seed: number): readonly T[] {
  const step = Math.min(many, list.length);
  return list.filter((_, index) => index % step === seed % step);
}

import type { Scenario } from '../../../src/core/scenario/scenario.ts';

/** Of a file's cases one in so many runs on a real cluster, unless all are asked for. */
const CASES_ONE_IN = 10;
/** Of the scenarios with a file of their own one in so many, but those that the README tells of, which all run. */
const FILES_ONE_IN = 5;
const ALWAYS = 'article/';

/**
 * Scenarios to run where all would take most of an hour: those of the article, one in five of the others that have a file of
 * their own, and of the cases of a file one in ten, at least one, each seed's own. Ten seeds in a row go through all.
 */
export function sampleOf(scenarios: readonly Scenario[], seed: number): readonly Scenario[] {
  const files = [...Map.groupBy(scenarios, ({ file }) => file).values()];
  const always = files.filter(([first]) => first?.id.startsWith(ALWAYS)).flat();
  const own = files.filter((cases) => cases.length === 1 && !cases.some((each) => always.includes(each)));
  const tables = files.filter((cases) => cases.length > 1);
  return [
    ...always,
    ...oneIn(FILES_ONE_IN, own.flat(), seed),
    ...tables.flatMap((cases) => oneIn(CASES_ONE_IN, cases, seed)),
  ];
}

/** Each seed's own part of a list, at least one. */
function oneIn<T>(many: number, list: readonly T[], seed: number): readonly T[] {
  const step = Math.min(many, list.length);
  return list.filter((_, index) => index % step === seed % step);
}

import type { LatencyEntry, RunResult, StepResult } from '../result.ts';
import { exposureOf, TIMED_CHANGES, timedCells, timedChange } from '../timed-cells.ts';
import type { LatencyDifference } from './difference.ts';
import { signedRank } from './signed-rank.ts';

/** Chance of calling noise a shift, over all comparisons together. */
const ERROR_RATE = 0.01;

const MEASURES = ['settle', 'exposure'] as const;

/**
 * Compares the times of two runs over the steps that both have, each step with the median of its cells: cells of one step
 * move together and are no independent samples. A shift counts if the signed-rank test excludes chance at 1 % over all
 * comparisons, and it is greater than either run's own interquartile range, so that a busier machine is no finding.
 */
export function compareLatency(before: RunResult, after: RunResult): readonly LatencyDifference[] {
  const old = stepsByName(before);
  const now = stepsByName(after);
  const compared = TIMED_CHANGES.flatMap((change) =>
    MEASURES.flatMap((measure) => {
      const pairs = [...now].flatMap(([name, step]): [number, number][] => {
        const earlier = old.get(name);
        if (earlier === undefined || timedChange(step) !== change || timedChange(earlier) !== change) return [];
        const times = [timeOf(earlier, measure), timeOf(step, measure)];
        const [was, is] = times;
        return was === undefined || is === undefined ? [] : [[was, is]];
      });
      return pairs.length === 0 ? [] : [{ change, measure, pairs }];
    }),
  );
  return compared.map((each) => differenceOf(each, ERROR_RATE / compared.length));
}

interface Compared {
  readonly change: LatencyEntry['change'];
  readonly measure: LatencyDifference['measure'];
  readonly pairs: readonly (readonly [before: number, after: number])[];
}

function differenceOf({ change, measure, pairs }: Compared, level: number): LatencyDifference {
  const before = pairs.map(([was]) => was);
  const after = pairs.map(([, is]) => is);
  const shifts = pairs.map(([was, is]) => is - was);
  const shiftMs = quantile(shifts, 0.5);
  const noiseMs = Math.max(spread(before), spread(after));
  const p = signedRank(shifts);
  const exceeds = p !== undefined && p < level && Math.abs(shiftMs) > noiseMs;
  const shifted = shiftMs > 0 ? 'slower' : 'faster';
  // Without a pair that differs nothing shifted, however few there are.
  const few = p === undefined && shifts.some((shift) => shift !== 0);
  return {
    change,
    measure,
    steps: pairs.length,
    beforeMs: quantile(before, 0.5),
    afterMs: quantile(after, 0.5),
    shiftMs,
    noiseMs,
    p: p ?? 1,
    verdict: exceeds ? shifted : few ? 'too-few' : 'same',
  };
}

/** Steps by scenario and name; of a name that a scenario has twice the later step. */
function stepsByName({ scenarios }: RunResult): ReadonlyMap<string, StepResult> {
  return new Map(scenarios.flatMap(({ id, steps }) => steps.map((step) => [`${id}\n${step.name}`, step] as const)));
}

function timeOf(step: StepResult, measure: LatencyDifference['measure']): number | undefined {
  const cells = timedCells(step);
  const times =
    measure === 'settle'
      ? cells.flatMap(({ settle_ms }) => settle_ms ?? [])
      : cells.flatMap((c) => exposureOf(c) ?? []);
  return times.length === 0 ? undefined : quantile(times, 0.5);
}

function spread(values: readonly number[]): number {
  return quantile(values, 0.75) - quantile(values, 0.25);
}

/** A quantile by linear interpolation; 0 of nothing. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  return low + ((sorted[Math.ceil(place)] ?? low) - low) * (place - Math.floor(place));
}

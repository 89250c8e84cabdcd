import type { CellResult, LatencyEntry, ScenarioResult, StepResult } from './result.ts';

/** Kinds of change that have times of their own, with the kinds of `StepChangeResult` that each covers. */
const CHANGES: Readonly<Record<LatencyEntry['change'], readonly string[]>> = {
  create: ['create'],
  update: ['update'],
  delete: ['delete'],
  relabel: ['relabel-pod', 'relabel-namespace'],
};

/** The kinds of change that have times of their own. */
export const TIMED_CHANGES = Object.keys(CHANGES) as readonly LatencyEntry['change'][];

/**
 * The one kind that all changes of a step are of; undefined for a step that is not timed: it mixes kinds, makes others, or
 * something else went on at the same time.
 */
export function timedChange({ changes, alone }: StepResult): LatencyEntry['change'] | undefined {
  if (changes.length === 0 || alone === false) return undefined;
  return TIMED_CHANGES.find((change) => changes.every(({ kind }) => CHANGES[change].includes(kind)));
}

/** The cells that a step's change moved, as agents saw them: a literal wget is too slow to time anything. */
export function timedCells({ cells }: StepResult): readonly CellResult[] {
  return cells.filter(
    ({ method, settle_ms, exposure_ms }) => method === 'agent' && (settle_ms ?? exposure_ms) !== null,
  );
}

/** The timed cells of all steps that made only this kind of change. */
export function cellsTimedBy(
  change: LatencyEntry['change'],
  scenarios: readonly ScenarioResult[],
): readonly CellResult[] {
  const steps = scenarios.flatMap((scenario) => scenario.steps);
  return steps.filter((step) => timedChange(step) === change).flatMap(timedCells);
}

/** How long a cell was exposed at most, or at least where no end was seen, ms; undefined for one that was not. */
export function exposureOf({ exposure_ms }: CellResult): number | undefined {
  return exposure_ms?.atMostMs ?? exposure_ms?.atLeastMs;
}

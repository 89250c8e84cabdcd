import type { CellResult, LatencyEntry, ScenarioResult, StepResult } from '../result.ts';
import { spreadOf } from '../spread.ts';

/** What is changed, as the card groups it, with the kinds of `StepChangeResult` that it covers. */
const CHANGES: Readonly<Record<LatencyEntry['change'], readonly string[]>> = {
  create: ['create'],
  update: ['update'],
  delete: ['delete'],
  relabel: ['relabel-pod', 'relabel-namespace'],
};

/**
 * How long the plugin took for each kind of change, over the cells that the change moved, as agents saw them (a literal
 * wget is too slow to time anything). Steps that mix kinds are left out. An exposure counts with its upper bound, one
 * that was not seen to end with what it lasted at least.
 */
export function buildLatency(scenarios: readonly ScenarioResult[]): readonly LatencyEntry[] {
  const steps = scenarios.flatMap((scenario) => scenario.steps);
  return (Object.keys(CHANGES) as LatencyEntry['change'][]).map((change) => {
    const cells = steps.filter((step) => isOnly(change, step)).flatMap(timedCells);
    return {
      change,
      cells: cells.length,
      settle_ms: spreadOf(cells.flatMap(({ settle_ms }) => settle_ms ?? [])),
      exposure_ms: spreadOf(cells.flatMap(({ exposure_ms }) => exposure_ms?.atMostMs ?? exposure_ms?.atLeastMs ?? [])),
    };
  });
}

function isOnly(change: LatencyEntry['change'], { changes }: StepResult): boolean {
  return changes.length > 0 && changes.every(({ kind }) => CHANGES[change].includes(kind));
}

function timedCells({ cells }: StepResult): CellResult[] {
  return cells.filter(
    ({ method, settle_ms, exposure_ms }) => method === 'agent' && (settle_ms ?? exposure_ms) !== null,
  );
}

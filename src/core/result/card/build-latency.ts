import type { LatencyEntry, ScenarioResult } from '../result.ts';
import { spreadOf } from '../spread.ts';
import { cellsTimedBy, exposureOf, TIMED_CHANGES } from '../timed-cells.ts';

/**
 * How long the plugin took for each kind of change, over the cells that the change moved. Steps that mix kinds are left
 * out, and those during which something else went on. An exposure counts with its upper bound, one that was not seen to end with what it lasted at least.
 */
export function buildLatency(scenarios: readonly ScenarioResult[]): readonly LatencyEntry[] {
  const alone = scenarios.map((scenario) => ({
    ...scenario,
    steps: scenario.steps.filter((step) => step.alone !== false),
  }));
  return TIMED_CHANGES.map((change) => {
    const cells = cellsTimedBy(change, alone);
    return {
      change,
      cells: cells.length,
      settle_ms: spreadOf(cells.flatMap(({ settle_ms }) => settle_ms ?? [])),
      exposure_ms: spreadOf(cells.flatMap((cell) => exposureOf(cell) ?? [])),
    };
  });
}

import type { Difference } from '../difference/difference.ts';
import type { LatencyEntry, RunResult, ScenarioResult, StepResult } from '../result.ts';
import { cellsTimedBy, exposureOf, TIMED_CHANGES } from '../timed-cells.ts';
import { type Bin, histogram } from './histogram.ts';

/** A scenario in the list of the HTML report. */
export interface ScenarioEntry extends Omit<ScenarioResult, 'policies' | 'steps'> {
  readonly steps: readonly Pick<StepResult, 'name' | 'status'>[];
  readonly cells: number;
  readonly failures: number;
}

/** The times of one kind of change as bars. */
interface LatencyHistogram {
  readonly change: LatencyEntry['change'];
  readonly settle: readonly Bin[];
  readonly exposure: readonly Bin[];
}

/** What the HTML report shows at once; scenarios are opened one by one. */
export interface ReportOverview extends Omit<RunResult, 'version' | 'scenarios'> {
  readonly histograms: readonly LatencyHistogram[];
  /** Against an earlier run; null where there is none to compare with. */
  readonly difference: Difference | null;
  readonly scenarios: readonly ScenarioEntry[];
}

/** The overview of a result. */
export function buildOverview(result: RunResult, difference: Difference | null): ReportOverview {
  const { version: _, scenarios, ...rest } = result;
  return {
    ...rest,
    difference,
    histograms: TIMED_CHANGES.map((change) => {
      const cells = cellsTimedBy(change, scenarios);
      return {
        change,
        settle: histogram(cells.flatMap(({ settle_ms }) => settle_ms ?? [])),
        exposure: histogram(cells.flatMap((cell) => exposureOf(cell) ?? [])),
      };
    }),
    scenarios: scenarios.map(entryOf),
  };
}

function entryOf({ policies: _, steps, ...rest }: ScenarioResult): ScenarioEntry {
  return {
    ...rest,
    steps: steps.map(({ name, status }) => ({ name, status })),
    cells: steps.reduce((sum, { cells }) => sum + cells.length, 0),
    failures: steps.reduce((sum, { failures }) => sum + failures.length, 0),
  };
}

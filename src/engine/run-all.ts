import type { RunResult } from '../core/result/result.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { ClusterInfo } from '../ports/cluster.ts';
import type { RunEvents } from '../ports/run-events.ts';
import type { Run } from './run.ts';

/** Which cluster a run is on, and when it stops early. */
export interface RunAllOptions {
  readonly info: ClusterInfo;
  readonly signal: AbortSignal;
  readonly failFast: boolean;
}

/**
 * Runs scenarios in order and resolves with the result of those that ran. An abort ends the one under way, clean-up
 * included; the result then says `interrupted`.
 */
export async function runAll(
  scenarios: readonly Scenario[],
  run: Run,
  events: RunEvents,
  { info, signal, failFast }: RunAllOptions,
): Promise<RunResult> {
  events({ kind: 'run-started', id: run.id, cluster: info, scenarios: scenarios.length });
  try {
    for (const [index, scenario] of scenarios.entries()) {
      const { id, title, notes } = scenario;
      events({ kind: 'scenario-started', id, title, index: index + 1, total: scenarios.length, notes });
      const { status } = await run.runScenario(scenario, events);
      if (failFast && status !== 'passed' && status !== 'skipped') break;
    }
  } catch (error) {
    if (!signal.aborted) {
      await run.finish(events);
      throw error;
    }
  }
  return run.finish(events);
}

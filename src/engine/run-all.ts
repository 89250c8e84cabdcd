import type { RunResult } from '../core/result/result.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { ClusterInfo } from '../ports/cluster.ts';
import type { RunEvents } from '../ports/run-events.ts';
import { NotRun, type Run } from './run.ts';

/** Which cluster a run is on, and what ends it early. */
export interface RunAllOptions {
  readonly info: ClusterInfo;
  readonly signal: AbortSignal;
}

/**
 * Runs scenarios in the run's lanes and resolves with the result of those that ran. An abort ends those under way,
 * clean-up included; the result then says `interrupted`.
 */
export async function runAll(
  scenarios: readonly Scenario[],
  run: Run,
  events: RunEvents,
  { info, signal }: RunAllOptions,
): Promise<RunResult> {
  events({ kind: 'run-started', id: run.id, cluster: info, scenarios: scenarios.length });
  const ended = await Promise.allSettled(scenarios.map((scenario) => run.runScenario(scenario, events)));
  const result = await run.finish(events);
  const defect = ended.find((each) => each.status === 'rejected' && !(each.reason instanceof NotRun));
  if (defect?.status === 'rejected' && !signal.aborted) throw defect.reason;
  return result;
}

import { simulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import { simulatedState } from '../../../src/adapters/simulated/simulated-state.ts';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import { simulatedRun } from '../engine/simulated-run.ts';
import type { Fault } from './fault.ts';
import { faultyDataplane } from './faulty-dataplane.ts';

/** Runs a scenario, in virtual time, on a simulated cluster whose dataplane has the fault. */
export async function faultyRun(scenario: Scenario, fault: Fault): Promise<ScenarioResult> {
  const dataplane = faultyDataplane(fault);
  const { run } = await simulatedRun({
    cluster: ({ store, apply, delete: remove, patch, run }, clock) => {
      const told = <T>(change: Promise<T>): Promise<T> => {
        dataplane.change(simulatedState(store), clock.now());
        return change;
      };
      return {
        apply: (...call) => told(apply(...call)),
        delete: (...call) => told(remove(...call)),
        patch: (...call) => told(patch(...call)),
        run: (...call) => told(run(...call)),
      };
    },
    network: (cluster, clock) => simulatedNetwork(cluster, () => (cell) => dataplane.attempt(cell, clock.now())),
  });
  const result = await run.runScenario(scenario, () => {});
  await run.finish(() => {});
  return result;
}

import type { SimulatedCluster } from '../../../src/adapters/simulated/simulated-cluster.ts';
import { simulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import { simulatedState } from '../../../src/adapters/simulated/simulated-state.ts';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import { simulatedRun } from '../engine/simulated-run.ts';
import { eventsAt } from './events.ts';
import type { Fault, PluginEvent } from './fault.ts';
import { faultyDataplane } from './faulty-dataplane.ts';

/** Runs a scenario, in virtual time, on a simulated cluster whose dataplane has the fault. */
export async function faultyRun(scenario: Scenario, fault: Fault): Promise<ScenarioResult> {
  const dataplane = faultyDataplane(fault);
  let tell: (event?: PluginEvent) => void = () => {};
  const telling =
    ({ store }: SimulatedCluster, clock: Clock) =>
    (event?: PluginEvent) =>
      dataplane.change(simulatedState(store), clock.now(), event);
  const { run } = await simulatedRun({
    cluster: (cluster, clock) => {
      tell = telling(cluster, clock);
      const told = <T>(change: Promise<T>): Promise<T> => {
        tell();
        return change;
      };
      return {
        apply: (...call) => told(cluster.apply(...call)),
        delete: (...call) => told(cluster.delete(...call)),
        patch: (...call) => told(cluster.patch(...call)),
        run: (...call) => told(cluster.run(...call)),
      };
    },
    network: (cluster, clock) => simulatedNetwork(cluster, () => (cell) => dataplane.attempt(cell, clock.now())),
    machinery: (machinery) => ({
      ...machinery,
      change: async (disruption, ...rest) => {
        for (const event of eventsAt('begin', disruption)) tell(event);
        const times = await machinery.change(disruption, ...rest);
        for (const event of eventsAt('end', disruption)) tell(event);
        return times;
      },
      restart: async (what) => {
        await machinery.restart(what);
        tell();
      },
    }),
  });
  const result = await run.runScenario(scenario, () => {});
  await run.finish(() => {});
  return result;
}

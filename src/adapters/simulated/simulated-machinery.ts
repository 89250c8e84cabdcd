import type { Clock } from '../../ports/clock.ts';
import type { ChangeTimes } from '../../ports/cluster.ts';
import type { Machinery } from '../../ports/machinery.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';

/** How long simulated agents take to come back, in ms. */
const RESTART_MS = 500;

/** The machinery of a simulated cluster: while its agents are stopped, its network stays as it was. */
export function simulatedMachinery(cluster: SimulatedCluster, clock: Clock): Machinery {
  const within = async (change: () => void, ms: number): Promise<ChangeTimes> => {
    const sentMs = clock.now();
    change();
    await clock.sleep(ms);
    return { sentMs, answeredMs: clock.now() };
  };
  return {
    lacks: async () => undefined,
    change: (disruption) => {
      if (disruption.kind === 'stop-agent') return within(() => cluster.agents.stop(), 0);
      return within(() => cluster.agents.start(), RESTART_MS);
    },
    restore: async () => {
      if (cluster.agents.running) return [];
      cluster.agents.start();
      return ['the simulated agents'];
    },
  };
}

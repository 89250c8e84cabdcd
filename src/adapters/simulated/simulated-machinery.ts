import type { Clock } from '../../ports/clock.ts';
import type { ChangeTimes, KubeObject } from '../../ports/cluster.ts';
import type { Machinery, Restart } from '../../ports/machinery.ts';
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
      if (disruption.kind === 'stop-agent' || disruption.kind === 'cut-api-server')
        return within(() => cluster.agents.stop(), 0);
      if (disruption.kind === 'restart-api-server') return within(() => {}, RESTART_MS);
      return within(() => cluster.agents.start(), RESTART_MS);
    },
    restart: async (what) => {
      const pods = cluster.store.ofKind('Pod').filter((pod) => isMeant(pod, what));
      await within(() => cluster.restart(pods), RESTART_MS);
    },
    restore: async () => {
      if (cluster.agents.running) return [];
      cluster.agents.start();
      return ['the simulated agents'];
    },
  };
}

function isMeant({ metadata, spec }: KubeObject, what: Restart): boolean {
  if (what.kind === 'node') return (spec as { readonly nodeName?: string }).nodeName === what.node;
  return metadata.name === what.pod.name && metadata.namespace === what.pod.namespace;
}

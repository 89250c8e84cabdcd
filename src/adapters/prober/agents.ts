import type { Clock } from '../../ports/clock.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { Prober } from '../../ports/prober.ts';
import { openAgentLink } from './agent/link.ts';
import { attachAll } from './attach-all.ts';

/** Probes from pods that run netproof's agent: one exec stream a pod, kept up and resumed without a loss. */
export function agentProber({ cluster, clock }: { readonly cluster: Cluster; readonly clock: Clock }): Prober {
  return {
    attach: (pods, onEvent, { signal }) =>
      attachAll(pods, (pod) => openAgentLink({ cluster, clock, pod, onEvent, signal })),
  };
}

import type { Clock } from '../../ports/clock.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { Prober } from '../../ports/prober.ts';
import { KubeletWatch } from './kubelet/kubelet-watch.ts';

/** Has kubelets probe pods, as their manifests say, and tells by the pods' status what came of it. */
export function kubeletProber({ cluster, clock }: { readonly cluster: Cluster; readonly clock: Clock }): Prober {
  return {
    attach: async (pods, onEvent, { signal }) => {
      const watch = new KubeletWatch({ cluster, clock, onEvent, signal });
      await watch.attach(pods);
      return watch;
    },
  };
}

import type { Clock } from '../../ports/clock.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { Prober } from '../../ports/prober.ts';
import { attachAll } from './attach-all.ts';
import { openWgetLink } from './wget/link.ts';

/** Probes by the article's literal `wget -qO- --timeout=2 URL` from pods of the alpine image, one after another a cell. */
export function wgetProber({ cluster, clock }: { readonly cluster: Cluster; readonly clock: Clock }): Prober {
  return {
    attach: (pods, onEvent, { signal }) =>
      attachAll(pods, (pod) => openWgetLink({ cluster, clock, pod, onEvent, signal })),
  };
}

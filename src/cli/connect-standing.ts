import { clusterProvider } from '../adapters/cluster/provider.ts';
import { connect } from '../adapters/kube/connect.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { ClusterError } from '../core/diagnostics/errors.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { ProviderCall } from '../ports/cluster-provider.ts';
import { clusterRequest, type UpOptions } from './up-cluster.ts';

/** Connects to the cluster that the options name, if it stands; brings nothing up. Rejects with `ClusterError`. */
export async function connectStanding(options: UpOptions, call: ProviderCall): Promise<Cluster> {
  const status = await clusterProvider(clusterRequest(options), { clock: systemClock }).status(call);
  if (status.state !== 'up') {
    throw new ClusterError({
      code: 'cluster-not-up',
      message: `there is no cluster to look at: ${status.reason}`,
      hint: 'bring one up with "netproof up", or name one with --kubeconfig and --context',
    });
  }
  return connect({ ...status.cluster, clock: systemClock });
}

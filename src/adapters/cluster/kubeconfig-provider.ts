import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ClusterProvider, ClusterStatus, ReadyCluster } from '../../ports/cluster-provider.ts';
import { detectCni } from '../cni/detect-cni.ts';
import { connect } from '../kube/connect.ts';

/** The cluster that exists. */
export interface KubeconfigRequest {
  /** Absent: kubectl's own rules. */
  readonly kubeconfig?: string;
  /** Absent: the current context. */
  readonly context?: string;
}

const answerMs = 15_000;

/** Uses a cluster as it is: installs nothing, removes nothing, and finds out which plugin it has by looking. */
export function kubeconfigProvider(request: KubeconfigRequest, { clock }: { readonly clock: Clock }): ClusterProvider {
  const look = async (signal: AbortSignal): Promise<ClusterStatus & { readonly state: 'up' | 'broken' }> => {
    const cluster = await connect({ ...request, clock, provider: 'kubeconfig', retryMs: 5_000 });
    const call = { signal, timeoutMs: answerMs };
    const [info, cni] = await Promise.all([cluster.info(call), detectCni(cluster, call)]);
    const ready: ReadyCluster = { provider: 'kubeconfig', ...request, cni, images: [], reused: true };
    if (info.nodes.some((node) => node.ready)) return { state: 'up', cluster: ready, info };
    return { state: 'broken', reason: `none of the ${info.nodes.length} nodes is Ready` };
  };
  return {
    ensure: async ({ progress, signal }) => {
      progress.step('look at the cluster');
      const status = await look(signal);
      progress.done();
      if (status.state === 'up') return status.cluster;
      throw new ClusterError({
        code: 'cluster-not-ready',
        message: `the cluster cannot take pods: ${status.reason}`,
        hint: 'See "kubectl describe nodes".',
      });
    },
    remove: async () => false,
    status: async ({ signal }) =>
      look(signal).catch((error: unknown): ClusterStatus => {
        if (error instanceof ClusterError) return { state: 'absent', reason: error.message };
        throw error;
      }),
  };
}

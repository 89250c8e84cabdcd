import type { Clock } from '../../ports/clock.ts';
import type { ClusterProvider } from '../../ports/cluster-provider.ts';
import { stateFolder } from '../state-folder.ts';
import { kindProvider } from './kind/kind-provider.ts';
import type { KindRequest } from './kind/kind-request.ts';
import { type KubeconfigRequest, kubeconfigProvider } from './kubeconfig-provider.ts';

/** The cluster that is asked for, whoever provides it. */
export type ClusterRequest =
  | ({ readonly provider: 'kind' } & KindRequest)
  | ({ readonly provider: 'kubeconfig' } & KubeconfigRequest);

/** The provider that serves a request. */
export function clusterProvider(request: ClusterRequest, { clock }: { readonly clock: Clock }): ClusterProvider {
  if (request.provider === 'kind') return kindProvider(request, { state: stateFolder(), clock });
  const { kubeconfig, context } = request;
  return kubeconfigProvider(
    { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) },
    { clock },
  );
}

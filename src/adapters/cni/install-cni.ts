import type { Clock } from '../../ports/clock.ts';
import type { Cluster, KubeObject, ObjectRef } from '../../ports/cluster.ts';
import type { ProviderCall } from '../../ports/cluster-provider.ts';
import type { CniPlugin } from './cni-plugin.ts';
import { waitForRollout } from './wait-for-rollout.ts';

/** Pulls included: registries can be slow. */
const timeoutMs = 300_000;
const dns: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'kube-system', name: 'coredns' };

/** What others depend on goes first; the rest stays in the manifest's order. */
const first = ['Namespace', 'CustomResourceDefinition'];
const rank = ({ kind }: KubeObject): number => (first.includes(kind) ? first.indexOf(kind) : first.length);

/**
 * Applies a plugin's objects and waits until it is rolled out, the nodes are Ready and the cluster's DNS, whose pods need
 * the plugin, is available. Rejects with `ClusterError`, also `cni-not-ready` after five minutes.
 */
export async function installCni(
  cluster: Cluster,
  {
    plugin,
    objects,
    clock,
  }: { readonly plugin: CniPlugin; readonly objects: readonly KubeObject[]; readonly clock: Clock },
  call: ProviderCall,
): Promise<void> {
  for (const object of objects.toSorted((a, b) => rank(a) - rank(b))) {
    call.progress.detail(`${object.kind} ${object.metadata.name}`);
    await cluster.apply(object, { signal: call.signal });
  }
  await waitForRollout(cluster, { rollouts: [...plugin.rollouts, dns], timeoutMs, clock }, call);
}

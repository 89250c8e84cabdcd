import { parse } from 'yaml';
import { ClusterError } from '../../core/diagnostics/errors.ts';
import { parseCidr } from '../../core/model/cidr.ts';
import type { CallOptions, Cluster, KubeObject } from '../../ports/cluster.ts';

/** Where kubeadm keeps what a cluster was made with (kubeadm.k8s.io `ClusterConfiguration`); kind's clusters are kubeadm's. */
const KUBEADM_CONFIG = { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'kubeadm-config' };

/**
 * Ranges that pods get their addresses of, CIDRs: those that the cluster was made with (`networking.podSubnet`), else those of its
 * nodes (`spec.podCIDRs`), which plugins with an address management of their own do not keep to. Empty where nobody tells.
 */
export async function readPodCidrs(
  cluster: Pick<Cluster, 'get' | 'list'>,
  options: CallOptions = {},
): Promise<readonly string[]> {
  const config = await cluster.get(KUBEADM_CONFIG, options).catch((error: unknown) => {
    // Not everybody may read it, and it is never worth a run.
    if (error instanceof ClusterError && error.code !== 'cluster-unreachable') return undefined;
    throw error;
  });
  const told = podSubnets(config).filter((text) => parseCidr(text) !== undefined);
  return told.length > 0 ? told : (await cluster.list({ apiVersion: 'v1', kind: 'Node' }, options)).flatMap(nodeCidrs);
}

/** API: `spec.podCIDRs` of a Node, of old clusters `spec.podCIDR`. */
export function nodeCidrs({ spec }: KubeObject): readonly string[] {
  const { podCIDR, podCIDRs } = (spec ?? {}) as { readonly podCIDR?: string; readonly podCIDRs?: readonly string[] };
  return podCIDRs ?? (podCIDR === undefined ? [] : [podCIDR]);
}

function podSubnets(config: KubeObject | undefined): readonly string[] {
  const { ClusterConfiguration: text } = (config?.data ?? {}) as { readonly ClusterConfiguration?: string };
  try {
    const { networking } = parse(text ?? '') as { readonly networking?: { readonly podSubnet?: string } };
    return networking?.podSubnet?.split(',').map((range) => range.trim()) ?? [];
  } catch {
    return [];
  }
}

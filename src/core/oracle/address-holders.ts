import { parseAddress } from '../model/address.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import { isWithoutAddress, type Pod } from '../model/pod.ts';
import { fullName } from '../model/pod-name.ts';

/** What has an address, by its name. */
export interface Holder {
  readonly kind: 'pod' | 'service' | 'node';
  readonly name: string;
}

/**
 * Finds what has an address in a state. Finished and pending pods have none; one that a pod on its node's network has is the node's.
 */
export function holdersIn({ pods, services, nodes = [] }: ClusterState): (address: string) => Holder | undefined {
  const holders = new Map<string | undefined, Holder>();
  const put = (ips: readonly string[], holder: Holder) => {
    for (const key of ips.map(keyOf)) if (key !== undefined) holders.set(key, holder);
  };
  const live = pods.filter((pod) => !isWithoutAddress(pod));
  for (const pod of live) if (pod.hostNetwork) put(pod.ips, { kind: 'node', name: nodeNameOf(pod) });
  for (const { name, ips } of nodes) put(ips, { kind: 'node', name });
  for (const service of services) {
    const ips = [...service.clusterIPs, ...(service.externalIPs ?? [])];
    put(ips, { kind: 'service', name: fullName(service) });
  }
  for (const pod of live) if (!pod.hostNetwork) put(pod.ips, { kind: 'pod', name: fullName(pod) });
  return (address) => holders.get(keyOf(address));
}

/** The node of a pod; one of its own where the state does not say which. */
export function nodeNameOf(pod: Pod): string {
  return pod.node ?? `of ${fullName(pod)}`;
}

function keyOf(text: string): string | undefined {
  const address = parseAddress(text);
  return address && `${address.family} ${address.value}`;
}

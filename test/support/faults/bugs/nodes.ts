import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import { policyTypesOf } from '../../../../src/core/model/policy-types.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Fault } from '../fault.ts';
import { soundPeer } from '../semantics.ts';

/** Whether a policy of the direction selects some pod on the network of the node that the pod is on. */
function nodeIsIsolated({ pods, policies }: ClusterState, pod: Pod, direction: 'Ingress' | 'Egress'): boolean {
  const neighbours = pods.filter(({ hostNetwork, node }) => hostNetwork === true && node === pod.node);
  return policies.some(
    ({ metadata, spec }) =>
      policyTypesOf(spec).includes(direction) &&
      neighbours.some(
        ({ namespace, labels }) => namespace === metadata.namespace && selects(spec.podSelector ?? {}, labels),
      ),
  );
}

/** Faults of plugins with pods on the host's network, and with ports of nodes. */
export const NODE_FAULTS: readonly Fault[] = [
  {
    id: 'B131',
    what: 'with a pod on its network under a policy the node sends nothing any more',
    shows: { 'paths/host-network-targets': 'the pods with the label' },
    wire: ({ seen, cell, outcome }) => {
      const from = seen.pods.find((pod) => fullName(pod) === cell.from);
      const cut = from?.hostNetwork === true && nodeIsIsolated(seen, from, 'Egress');
      return cut ? 'dropped' : outcome;
    },
  },
  {
    id: 'B132',
    what: 'with a pod on its network under a policy the node is reached no more',
    shows: { 'paths/host-network-targets': 'the pods with the label' },
    wire: ({ seen, cell, outcome }) => {
      const to = seen.pods.find((pod) => fullName(pod) === cell.to);
      const onNode = to !== undefined && (to.hostNetwork === true || cell.path === 'node');
      return onNode && nodeIsIsolated(seen, to, 'Ingress') ? 'dropped' : outcome;
    },
  },
  {
    id: 'B134',
    what: 'with a pod on its network the whole node is a peer',
    shows: { 'bugs/host-network-peers': 'x/bystander' },
    reads: ({ pods }) => ({
      peerAdmits: (peer, policy, query, semantics) => {
        const other = query.peer;
        const alike = other?.hostNetwork
          ? pods.filter(({ hostNetwork, node }) => hostNetwork === true && node === other.node)
          : [];
        return [other, ...alike].some((pod) =>
          soundPeer(peer, policy, { ...query, ...(pod && { peer: pod }) }, semantics),
        );
      },
    }),
  },
  {
    id: 'B122',
    what: 'through a port of another node the source is a node, which no peer of a rule means',
    shows: { 'bugs/through-a-host-port': 'one by its label' },
    wire: ({ seen, cell, outcome }) => {
      const [from, to] = [cell.from, cell.to].map((name) => seen.pods.find((pod) => fullName(pod) === name));
      if (cell.path !== 'host-port' || from?.node === to?.node) return outcome;
      const own = seen.policies.filter(
        ({ metadata, spec }) =>
          metadata.namespace === to?.namespace &&
          policyTypesOf(spec).includes('Ingress') &&
          selects(spec.podSelector ?? {}, to.labels),
      );
      const anybody = own.some(({ spec }) => (spec.ingress ?? []).some(({ from: peers }) => peers === undefined));
      return own.length > 0 && !anybody ? 'dropped' : outcome;
    },
  },
];

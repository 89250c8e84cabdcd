import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { NetworkPolicy, Peer } from '../../../../src/core/model/policy.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Fault, Memory } from '../fault.ts';
import { soundIsolation, soundPeer } from '../semantics.ts';

const isTarget = ({ metadata, spec }: NetworkPolicy, pod: Pod) =>
  metadata.namespace === pod.namespace && selects(spec.podSelector ?? {}, pod.labels);

const isPeer = ({ podSelector }: Peer, { labels }: Pod) => podSelector !== undefined && selects(podSelector, labels);

const peersOf = ({ spec }: NetworkPolicy): readonly Peer[] => [
  ...(spec.ingress ?? []).flatMap(({ from = [] }) => from),
  ...(spec.egress ?? []).flatMap(({ to = [] }) => to),
];

const pendingIn = ({ pods }: ClusterState) => pods.filter(({ pending }) => pending);

/** From when a pod without an address matters on, nothing that changes arrives any more. */
const stumbling = (id: string, what: string, matters: (policy: NetworkPolicy, pod: Pod) => boolean): Fault => ({
  id,
  what,
  sees: (actual, { seen }: Memory) =>
    pendingIn(actual).some((pod) => actual.policies.some((policy) => matters(policy, pod))) ? seen : actual,
});

/** Made-up ways of going wrong with pods that are no more than begun. */
export const UNSTARTED_MUTANTS: readonly Fault[] = [
  stumbling('pending-target-stops', 'nothing is done any more while a target has no address', isTarget),
  stumbling('pending-peer-stops', 'nothing is done any more while a peer has no address', (policy, pod) =>
    peersOf(policy).some((peer) => isPeer(peer, pod)),
  ),
  {
    id: 'pending-on-node-stops',
    what: 'nothing is done any more while a pod of a node has no address',
    sees: (actual, { seen }) => (pendingIn(actual).some(({ node }) => node !== undefined) ? seen : actual),
  },
  {
    id: 'pending-target-frees',
    what: 'a policy isolates nobody while one of its targets has no address',
    reads: (seen) => ({
      isolates: (policy, query, semantics) =>
        soundIsolation(policy, query, semantics) && !pendingIn(seen).some((pod) => isTarget(policy, pod)),
    }),
  },
  {
    id: 'pending-peer-shuts-out',
    what: 'a peer admits nobody while one of its pods has no address',
    reads: (seen) => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) && !pendingIn(seen).some((pod) => isPeer(peer, pod)),
    }),
  },
  {
    id: 'pending-peer-is-anybody',
    what: 'a peer admits everybody while one of its pods has no address',
    reads: (seen) => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) || pendingIn(seen).some((pod) => isPeer(peer, pod)),
    }),
  },
];

import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { Fault } from '../fault.ts';
import { soundIsolation, soundPeer } from '../semantics.ts';

/** Of policies whose names make one key the last is known. */
const keyed = (id: string, what: string, key: (metadata: NetworkPolicy['metadata']) => string): Fault => ({
  id,
  what,
  sees: (actual) => {
    const last = new Map(actual.policies.map((policy) => [key(policy.metadata), policy]));
    return { ...actual, policies: actual.policies.filter((policy) => last.get(key(policy.metadata)) === policy) };
  },
});

/** The pods that a plugin takes for replicas of one set: of one name but for its last part, on one node that is known. */
function replicas({ pods }: ClusterState, one: Pod): readonly Pod[] {
  const stem = ({ name }: Pod) => name.slice(0, name.lastIndexOf('-') + 1);
  if (stem(one) === '' || one.node === undefined) return [one];
  return pods.filter((pod) => pod.namespace === one.namespace && pod.node === one.node && stem(pod) === stem(one));
}

/** What a plugin that cuts names down keeps of one. */
const shortened = (name: string): string => name.slice(0, 40);

/** Made-up ways of confusing things by their names. */
export const NAME_MUTANTS: readonly Fault[] = [
  keyed(
    'dots-are-dashes',
    'names of policies that differ in a dot and a dash are one',
    ({ name, namespace }) => `${namespace}/${name.replaceAll('.', '-')}`,
  ),
  keyed(
    'name-before-namespace',
    'policies are known by name and namespace with a dash between',
    ({ name, namespace }) => `${name}-${namespace}`,
  ),
  keyed(
    'name-dot-namespace',
    'policies are known by name and namespace with a dot for every dash',
    ({ name, namespace }) => `${name}.${namespace}`.replaceAll('-', '.'),
  ),
  {
    id: 'long-namespaces-as-targets',
    what: 'a policy holds for every namespace whose name begins with the same forty characters',
    reads: () => ({
      isolates: (policy, query, semantics) =>
        soundIsolation(policy, query, semantics) ||
        (shortened(query.subject.namespace) === shortened(policy.metadata.namespace) &&
          soundIsolation(
            { ...policy, metadata: { ...policy.metadata, namespace: query.subject.namespace } },
            query,
            semantics,
          )),
    }),
  },
  {
    id: 'long-namespaces-as-peers',
    what: 'as peers, namespaces whose names begin with the same forty characters are one',
    reads: (seen) => ({
      peerAdmits: (peer, policy, query, semantics) =>
        seen.namespaces
          .filter(({ name }) => query.peer && shortened(name) === shortened(query.peer.namespace))
          .some(({ name: namespace }) =>
            soundPeer(peer, policy, { ...query, ...(query.peer && { peer: { ...query.peer, namespace } }) }, semantics),
          ) || soundPeer(peer, policy, query, semantics),
    }),
  },
  {
    id: 'replicas-isolated-alike',
    what: 'pods of one node whose names differ in their last part are isolated together',
    reads: (seen) => ({
      isolates: (policy, query, semantics) =>
        replicas(seen, query.subject).some((subject) => soundIsolation(policy, { ...query, subject }, semantics)),
    }),
  },
  {
    id: 'replicas-of-the-first',
    what: 'pods of one node whose names differ in their last part are isolated as the first of them is',
    reads: (seen) => ({
      isolates: (policy, query, semantics) => {
        const [subject = query.subject] = replicas(seen, query.subject);
        return soundIsolation(policy, { ...query, subject }, semantics);
      },
    }),
  },
  {
    id: 'replicas-as-peers',
    what: 'as peers, pods of one node whose names differ in their last part are one',
    reads: (seen) => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) ||
        (peer.ipBlock === undefined &&
          query.peer !== undefined &&
          replicas(seen, query.peer).some((each) => soundPeer(peer, policy, { ...query, peer: each }, semantics))),
    }),
  },
];

import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { NetworkPolicy, Peer } from '../../../../src/core/model/policy.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Fault, Memory } from '../fault.ts';
import { allRules, sameIn } from '../questions.ts';
import { soundPeer } from '../semantics.ts';

/** A peer of pods of the policy's own namespace, as text with that namespace; undefined for others. */
const textOf = ({ metadata }: NetworkPolicy, { podSelector, namespaceSelector }: Peer): string | undefined =>
  podSelector === undefined || namespaceSelector !== undefined
    ? undefined
    : `${metadata.namespace} ${JSON.stringify(podSelector)} `;

const textsOf = (policy: NetworkPolicy): readonly string[] =>
  allRules(policy).flatMap(({ peers = [] }) => peers.flatMap((peer) => textOf(policy, peer) ?? []));

/** Freezes the pods of peers that a policy asked for and another still does, as they are; lets go of what nobody asks for. */
function freezeShared(actual: ClusterState, { actual: before, notes }: Memory): ClusterState {
  const asked = new Set(actual.policies.flatMap(textsOf));
  for (const note of notes) if (![...asked].some((text) => note.startsWith(text))) notes.delete(note);
  const left = before.policies.flatMap((old) => {
    const now = sameIn(actual, old);
    return textsOf(old).filter((text) => now === undefined || !textsOf(now).includes(text));
  });
  for (const text of left) {
    if (!asked.has(text) || [...notes].some((note) => note.startsWith(text))) continue;
    const [namespace = ''] = text.split(' ');
    const selector = JSON.parse(text.slice(namespace.length)) as NonNullable<Peer['podSelector']>;
    const members = actual.pods.filter((pod) => pod.namespace === namespace && selects(selector, pod.labels));
    notes.add(`${text}${JSON.stringify(members.map(fullName))}`);
  }
  return actual;
}

/** Made-up ways of keeping the pods of equal peers once. */
export const SHARED_PEER_MUTANTS: readonly Fault[] = [
  {
    id: 'shared-peers-frozen',
    what: 'the pods of a peer are not followed any more once one of two policies that ask for it does not',
    sees: freezeShared,
    reads: (_seen, notes) => ({
      peerAdmits: (peer, policy, query, semantics) => {
        const text = textOf(policy, peer);
        const note = text === undefined ? undefined : [...notes].find((each) => each.startsWith(text));
        if (note === undefined || text === undefined || query.peer === undefined)
          return soundPeer(peer, policy, query, semantics);
        return (JSON.parse(note.slice(text.length)) as readonly string[]).includes(fullName(query.peer));
      },
    }),
  },
];

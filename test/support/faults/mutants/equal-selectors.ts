import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { NetworkPolicy, Peer } from '../../../../src/core/model/policy.ts';
import type { Fault } from '../fault.ts';
import { allRules, goneSince, newSince } from '../questions.ts';
import { type Semantics, soundPeer } from '../semantics.ts';

/** A peer that leaves its namespace to the policy, as text; undefined for others. */
const bare = (peer: Peer): string | undefined =>
  peer.namespaceSelector === undefined && peer.podSelector !== undefined ? JSON.stringify(peer) : undefined;

const barePeers = (policy: NetworkPolicy): readonly string[] =>
  allRules(policy).flatMap(({ peers = [] }) => peers.flatMap((peer) => bare(peer) ?? []));

const noteOf = ({ metadata }: NetworkPolicy, peer: string): string => `${metadata.namespace} ${peer}`;
const notesOf = (policy: NetworkPolicy): readonly string[] => barePeers(policy).map((peer) => noteOf(policy, peer));

/** A peer without a namespace means pods of the namespaces of some of the policies that have the same. */
const meaning =
  (some: (policies: readonly NetworkPolicy[]) => readonly NetworkPolicy[]) =>
  (seen: ClusterState): Partial<Semantics> => ({
    peerAdmits: (peer, policy, query, semantics) => {
      const text = bare(peer);
      return text === undefined
        ? soundPeer(peer, policy, query, semantics)
        : some(seen.policies.filter((each) => barePeers(each).includes(text))).some((each) =>
            soundPeer(peer, each, query, semantics),
          );
    },
  });

/** Made-up ways of keeping what equal selectors of different policies come to in one place. */
export const EQUAL_SELECTOR_MUTANTS: readonly Fault[] = [
  {
    id: 'equal-selectors-first',
    what: 'equal selectors of peers mean pods of the namespace of the first',
    reads: meaning((policies) => policies.slice(0, 1)),
  },
  {
    id: 'equal-selectors-all',
    what: 'equal selectors of peers mean pods of all their namespaces',
    reads: meaning((policies) => policies),
  },
  {
    id: 'equal-selectors-gone',
    what: 'with a policy go the equal selectors of those in other namespaces',
    sees: (actual, { actual: before, notes }) => {
      for (const policy of newSince(before, actual)) for (const each of notesOf(policy)) notes.delete(each);
      for (const policy of goneSince(before, actual)) {
        const texts = barePeers(policy);
        for (const other of actual.policies.filter(({ metadata }) => metadata.namespace !== policy.metadata.namespace))
          for (const text of barePeers(other)) if (texts.includes(text)) notes.add(noteOf(other, text));
      }
      return actual;
    },
    reads: (_seen, notes) => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) && !notes.has(noteOf(policy, bare(peer) ?? '')),
    }),
  },
];

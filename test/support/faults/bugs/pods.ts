import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Fault, Memory } from '../fault.ts';
import { allRules, keyOf, newNamespacesSince, newPodsSince, notedPolicies } from '../questions.ts';
import { soundIsolation, soundPeer } from '../semantics.ts';

/** Notes the policies that went with their namespace. */
function noteOrphans(actual: ClusterState, { actual: before, notes }: Memory): void {
  const stands = new Set(actual.namespaces.map(({ name }) => name));
  for (const policy of before.policies) {
    if (!stands.has(policy.metadata.namespace)) notes.add(JSON.stringify(policy));
  }
}

function isIn(state: ClusterState, { metadata }: NetworkPolicy): boolean {
  return state.namespaces.some(({ name }) => name === metadata.namespace);
}

/** Notes pods that came later, and forgets those that went. */
function notePods(actual: ClusterState, { actual: before, notes }: Memory): ClusterState {
  for (const name of newPodsSince(before, actual)) notes.add(name);
  const stands = new Set(actual.pods.map(fullName));
  for (const name of notes) if (!stands.has(name)) notes.delete(name);
  return actual;
}

/** Notes namespaces that came later. */
function noteNamespaces(actual: ClusterState, { actual: before, notes }: Memory): ClusterState {
  for (const name of newNamespacesSince(before, actual)) notes.add(name);
  return actual;
}

/** Faults of plugins when pods and namespaces come and go. */
export const POD_FAULTS: readonly Fault[] = [
  {
    id: 'B60',
    what: 'a new pod that is a peer of several policies is known to the first of them only',
    shows: { 'bugs/new-peers-of-old-policies': 'they come' },
    sees: notePods,
    reads: (seen, notes) => ({
      peerAdmits: (peer, policy, query, semantics) => {
        const sound = soundPeer(peer, policy, query, semantics);
        if (!sound || query.peer === undefined || !notes.has(fullName(query.peer))) return sound;
        const first = seen.policies.find((each) =>
          allRules(each).some(({ peers = [] }) =>
            peers.some(({ ipBlock, ...rest }) => ipBlock === undefined && soundPeer(rest, each, query, semantics)),
          ),
        );
        return first !== undefined && keyOf(first) === keyOf(policy);
      },
    }),
  },
  {
    id: 'B65',
    what: 'what policies of a removed namespace allowed is allowed in the next one of its name',
    shows: { 'bugs/namespace-with-its-policies': 'one denial' },
    sees: (actual, memory) => {
      noteOrphans(actual, memory);
      const left = notedPolicies(memory.notes).filter(
        (policy) =>
          allRules(policy).length > 0 &&
          actual.policies.some(({ metadata }) => metadata.namespace === policy.metadata.namespace),
      );
      return { ...actual, policies: [...actual.policies, ...left] };
    },
  },
  {
    id: 'B66',
    what: 'policies of a removed namespace stay in force',
    shows: {
      'bugs/namespace-with-its-policies': 'made again',
      'life-cycle/pods-come-and-go': 'made again',
    },
    sees: (actual, memory) => {
      noteOrphans(actual, memory);
      const left = notedPolicies(memory.notes).filter((policy) => isIn(actual, policy));
      return { ...actual, policies: [...actual.policies, ...left] };
    },
  },
  {
    id: 'B84',
    what: 'a Terminating pod under a policy is cut off',
    shows: { 'bugs/terminating-pods': 'Terminating' },
    wire: ({ seen, cell, outcome }) => {
      const ending = seen.pods.filter(
        (pod) =>
          pod.terminating === true &&
          [cell.from, cell.to].includes(fullName(pod)) &&
          seen.policies.some(
            ({ metadata, spec }) => metadata.namespace === pod.namespace && selects(spec.podSelector ?? {}, pod.labels),
          ),
      );
      return ending.length > 0 ? 'dropped' : outcome;
    },
  },
  {
    id: 'B85',
    what: 'a Terminating pod is no peer of any policy',
    shows: { 'bugs/terminating-pods': 'Terminating', 'life-cycle/pods-come-and-go': 'the friend is Terminating' },
    reads: () => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) && query.peer?.terminating !== true,
    }),
  },
  {
    id: 'B155',
    what: 'the labels of a namespace that comes later are not known to policies',
    shows: { 'bugs/namespace-with-its-policies': 'made again' },
    sees: (actual, memory) => {
      const { notes } = memory;
      const { namespaces } = noteNamespaces(actual, memory);
      return {
        ...actual,
        namespaces: namespaces.map((space) => (notes.has(space.name) ? { name: space.name, labels: {} } : space)),
      };
    },
  },
  {
    id: 'B156',
    what: 'pods of a namespace that comes later come under no policy',
    shows: { 'bugs/namespace-with-its-policies': 'one denial' },
    sees: noteNamespaces,
    reads: (_seen, notes) => ({
      isolates: (policy, query, semantics) =>
        soundIsolation(policy, query, semantics) && !notes.has(query.subject.namespace),
    }),
  },
];

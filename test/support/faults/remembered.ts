import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../src/core/model/pod-name.ts';
import type { NetworkPolicy } from '../../../src/core/model/policy.ts';
import type { Labels } from '../../../src/core/model/selector.ts';
import type { Query } from '../../../src/core/oracle/tier.ts';
import type { Fault, Memory, PluginEvent } from './fault.ts';
import { goneSince, notedPolicies, sameIn } from './questions.ts';
import { soundIsolation, soundPeer } from './semantics.ts';

type Sees = NonNullable<Fault['sees']>;
type Reads = NonNullable<Fault['reads']>;
type StatePod = ClusterState['pods'][number];

/** Notes policies, for `withNoted`. */
export function note(policies: readonly NetworkPolicy[], { notes }: Pick<Memory, 'notes'>): void {
  for (const policy of policies) notes.add(JSON.stringify(policy));
}

/** The state with the policies that were noted and are not in it any more. */
export function withNoted(actual: ClusterState, notes: ReadonlySet<string>): ClusterState {
  const left = notedPolicies(notes).filter((policy) => sameIn(actual, policy) === undefined);
  return { ...actual, policies: [...actual.policies, ...left] };
}

/** A plugin for which policies stay in force that were deleted when `misses` says so. */
export function keepsDeleted(misses: (memory: Memory) => boolean): Sees {
  return (actual, memory) => {
    if (misses(memory)) note(goneSince(memory.actual, actual), memory);
    return withNoted(actual, memory.notes);
  };
}

/** A plugin that follows no policies any more from what comes after the event on. */
export function deafAfter(deafening: PluginEvent): Sees {
  return (actual, { seen, notes, event }) => {
    const deaf = notes.has('deaf');
    if (event === deafening) notes.add('deaf');
    return deaf ? { ...actual, policies: seen.policies } : actual;
  };
}

/** The state with the labels of pods as `labels` says. */
export function withPodLabels(state: ClusterState, labels: (pod: StatePod) => Labels): ClusterState {
  return { ...state, pods: state.pods.map((pod) => ({ ...pod, labels: labels(pod) })) };
}

/** The labels that a pod had when the plugin saw it before. */
export function knownLabels({ seen }: Pick<Memory, 'seen'>): (pod: StatePod) => Labels {
  const known = new Map(seen.pods.map((pod) => [fullName(pod), pod.labels]));
  return (pod) => known.get(fullName(pod)) ?? pod.labels;
}

/** The state with the labels of namespaces that the plugin saw before. */
export function withKnownNamespaceLabels(actual: ClusterState, { seen }: Pick<Memory, 'seen'>): ClusterState {
  const known = new Map(seen.namespaces.map(({ name, labels }) => [name, labels]));
  return {
    ...actual,
    namespaces: actual.namespaces.map((namespace) => ({
      ...namespace,
      labels: known.get(namespace.name) ?? namespace.labels,
    })),
  };
}

/** Pods whose names were noted are not isolated where the query is of this kind. */
export function notedFree(where: (query: Query) => boolean): Reads {
  return (_seen, notes) => ({
    isolates: (policy, query, semantics) =>
      soundIsolation(policy, query, semantics) && !(notes.has(fullName(query.subject)) && where(query)),
  });
}

/** Pods whose names were noted are no peers. */
export const notedAreNoPeers: Reads = (_seen, notes) => ({
  peerAdmits: (peer, policy, query, semantics) =>
    soundPeer(peer, policy, query, semantics) && !(query.peer && notes.has(fullName(query.peer))),
});

/** For a while after the event everything gets through, by its begin and end in ms. */
export function opensAfter(opening: PluginEvent, beginMs: number, endMs: number): NonNullable<Fault['wire']> {
  return ({ event, outcome, sinceMs }) =>
    event === opening && sinceMs > beginMs && sinceMs < endMs ? 'open' : outcome;
}

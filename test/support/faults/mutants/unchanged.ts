import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import { labelOf } from '../../../../src/core/model/selection.ts';
import type { LabelSelector } from '../../../../src/core/model/selector.ts';
import type { Fault, Memory, OnTheWire } from '../fault.ts';
import { allRules, keyOf, relabelledSince, sameIn } from '../questions.ts';

const written = (value: unknown): string => JSON.stringify(value);

/** An object as it was, and as it is. */
type Update<T> = readonly [old: T, now: T];

/** Policies that were updated. */
function updates(actual: ClusterState, { actual: before }: Memory): readonly Update<NetworkPolicy>[] {
  return actual.policies.flatMap((policy) => {
    const old = sameIn(before, policy);
    return old === undefined || written(old) === written(policy) ? [] : [[old, policy] as const];
  });
}

const ofMetadata = ([old, now]: Update<NetworkPolicy>): boolean => written(old.spec) === written(now.spec);

/** For a moment after an update of its metadata, what a policy’s namespace is asked for comes to this. */
const wavering = (id: string, what: string, becomes: OnTheWire['outcome']): Fault => ({
  id,
  what,
  sees: (actual, memory) => {
    memory.notes.clear();
    for (const [, { metadata }] of updates(actual, memory).filter(ofMetadata)) memory.notes.add(metadata.namespace);
    return actual;
  },
  wire: ({ notes, cell, outcome, sinceMs }) =>
    sinceMs < 300 && [...notes].some((namespace) => cell.to.startsWith(`${namespace}/`)) ? becomes : outcome,
});

/** The names of labels that selectors of policies ask for. */
function asked({ policies }: ClusterState): readonly string[] {
  const selectors = policies.flatMap((policy): readonly (LabelSelector | undefined)[] => [
    policy.spec.podSelector,
    ...allRules(policy).flatMap(({ peers = [] }) => peers.map(({ podSelector }) => podSelector)),
  ]);
  return selectors.flatMap(({ matchLabels = {}, matchExpressions = [] } = {}) => [
    ...Object.keys(matchLabels),
    ...matchExpressions.map(({ key }) => key),
  ]);
}

/** For a moment after it got a label that no policy asks for, what has the pod at this end comes to this. */
const labelled = (id: string, what: string, end: 'from' | 'to', becomes: OnTheWire['outcome']): Fault => ({
  id,
  what,
  sees: (actual, memory) => {
    memory.notes.clear();
    for (const [old, now] of relabelledSince(memory.actual, actual)) {
      if (asked(actual).every((key) => labelOf(old.labels, key) === labelOf(now.labels, key))) {
        memory.notes.add(fullName(now));
      }
    }
    return actual;
  },
  wire: ({ notes, cell, outcome, sinceMs }) => (sinceMs < 300 && notes.has(cell[end]) ? becomes : outcome),
});

/** Counts one more change of what has this name, and tells how many it has been. */
function counted(notes: Set<string>, name: string): number {
  const count = [...notes].filter((note) => note.startsWith(`${name} `)).length + 1;
  return notes.add(`${name} ${count}`) && count;
}

/** Made-up ways of doing something where nothing changes, and of tiring where the same changes again and again. */
export const UNCHANGED_MUTANTS: readonly Fault[] = [
  wavering('metadata-opens', 'while labels of a policy change everything gets through', 'open'),
  wavering('metadata-cuts', 'while labels of a policy change nothing gets through', 'dropped'),
  {
    id: 'metadata-loses',
    what: 'a policy whose own labels change is not enforced until it is changed again',
    sees: (actual, memory) => {
      const { notes, actual: before } = memory;
      for (const policy of actual.policies) if (sameIn(before, policy) === undefined) notes.delete(keyOf(policy));
      for (const update of updates(actual, memory)) {
        if (ofMetadata(update)) notes.add(keyOf(update[1]));
        else notes.delete(keyOf(update[1]));
      }
      return { ...actual, policies: actual.policies.filter((policy) => !notes.has(keyOf(policy))) };
    },
  },
  labelled('idle-label-opens', 'a pod that gets a label that no policy asks for is open for a moment', 'to', 'open'),
  labelled(
    'idle-label-cuts',
    'a pod that gets a label that no policy asks for is cut off for a moment',
    'to',
    'dropped',
  ),
  labelled('idle-label-of-peers', 'a peer that gets a label that no policy asks for is none', 'from', 'dropped'),
  {
    id: 'forty-updates',
    what: 'of a policy’s updates the first forty are followed',
    sees: (actual, memory) => {
      const { notes, seen } = memory;
      const late = updates(actual, memory).filter(([, policy]) => counted(notes, keyOf(policy)) > 40);
      const kept = (policy: NetworkPolicy) => late.some(([, now]) => now === policy) && sameIn(seen, policy);
      return { ...actual, policies: actual.policies.map((policy) => kept(policy) || policy) };
    },
  },
  {
    id: 'twenty-labels',
    what: 'of the changes of a pod’s labels the first twenty are followed',
    sees: (actual, memory) => {
      const { notes, seen } = memory;
      const late = relabelledSince(memory.actual, actual).filter(([, pod]) => counted(notes, fullName(pod)) > 20);
      const old = (pod: Pod) =>
        late.some(([, now]) => now === pod) && seen.pods.find((each) => fullName(each) === fullName(pod));
      return { ...actual, pods: actual.pods.map((pod) => old(pod) || pod) };
    },
  },
];

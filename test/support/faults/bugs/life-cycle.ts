import { selects } from '../../../../src/core/model/selection.ts';
import type { Labels } from '../../../../src/core/model/selector.ts';
import type { Fault } from '../fault.ts';
import { allRules, goneSince, keyOf, sameIn } from '../questions.ts';
import { knownLabels, withKnownNamespaceLabels, withPodLabels } from '../remembered.ts';
import { soundPeer } from '../semantics.ts';

/** Faults of plugins when policies and labels change. */
export const LIFE_CYCLE_FAULTS: readonly Fault[] = [
  {
    id: 'B61',
    what: 'a policy that was deleted stays enforced beside the new one of its name',
    sees: (actual, { actual: before, notes }) => {
      for (const policy of goneSince(before, actual)) notes.add(JSON.stringify(policy));
      const left = [...notes].map((text) => JSON.parse(text) as (typeof actual.policies)[number]);
      return {
        ...actual,
        policies: [...actual.policies, ...left.filter((each) => sameIn(actual, each) !== undefined)],
      };
    },
  },
  {
    id: 'B62',
    what: 'a policy that comes back under the name of a deleted one has the rules of that one',
    sees: (actual, { actual: before, notes }) => {
      for (const policy of goneSince(before, actual)) notes.add(JSON.stringify(policy));
      const old = new Map(
        [...notes]
          .map((text) => JSON.parse(text) as (typeof actual.policies)[number])
          .map((each) => [keyOf(each), each]),
      );
      return { ...actual, policies: actual.policies.map((policy) => old.get(keyOf(policy)) ?? policy) };
    },
  },
  {
    id: 'B68',
    what: 'what a deleted policy allowed stays allowed while another isolates its pods',
    sees: (actual, { actual: before, seen, notes }) => {
      for (const policy of goneSince(before, actual)) notes.add(keyOf(policy));
      const gone = seen.policies.filter((policy) => notes.has(keyOf(policy)) && sameIn(actual, policy) === undefined);
      const left = gone.filter(
        ({ metadata, spec }) =>
          (spec.ingress ?? []).length + (spec.egress ?? []).length > 0 &&
          actual.policies.some((each) => each.metadata.namespace === metadata.namespace),
      );
      return { ...actual, policies: [...actual.policies, ...left] };
    },
  },
  {
    id: 'B69',
    what: 'the deletion of one of several policies ends the isolation by the others',
    sees: (actual, { actual: before, notes }) => {
      for (const { metadata } of goneSince(before, actual)) notes.add(metadata.namespace);
      return {
        ...actual,
        policies: actual.policies.filter(
          (policy) => !(notes.has(policy.metadata.namespace) && allRules(policy).length === 0),
        ),
      };
    },
  },
  {
    id: 'B70',
    what: 'a pod that leaves its last policy stays isolated',
    sees: (actual, memory) =>
      withPodLabels(actual, (pod) => {
        const old = knownLabels(memory)(pod);
        const own = actual.policies.filter(({ metadata }) => metadata.namespace === pod.namespace);
        const selected = (labels: Labels) => own.some(({ spec }) => selects(spec.podSelector ?? {}, labels));
        return selected(old) && !selected(pod.labels) ? old : pod.labels;
      }),
  },
  {
    id: 'B71',
    what: 'new labels of a namespace do not reach peers that also have a pod selector',
    sees: (actual, { notes }) => {
      for (const { name, labels } of actual.namespaces) {
        if (![...notes].some((note) => note.startsWith(`${name} `))) notes.add(`${name} ${JSON.stringify(labels)}`);
      }
      return actual;
    },
    reads: (_seen, notes) => {
      const first = new Map(
        [...notes].map((note) => [note.slice(0, note.indexOf(' ')), note.slice(note.indexOf(' '))]),
      );
      return {
        peerAdmits: (peer, policy, query, semantics) => {
          const { podSelector, namespaceSelector } = peer;
          const labels = (name: string) => JSON.parse(first.get(name) ?? '{}') as Labels;
          const stale = podSelector !== undefined && namespaceSelector !== undefined;
          const known = stale ? { ...semantics, namespaceLabels: labels } : semantics;
          return soundPeer(peer, policy, query, known);
        },
      };
    },
  },
  {
    id: 'B73',
    what: 'new labels of a pod are not noticed',
    sees: (actual, memory) => withPodLabels(actual, knownLabels(memory)),
  },
  { id: 'B74', what: 'new labels of a namespace are not noticed', sees: withKnownNamespaceLabels },
  {
    id: 'B75',
    what: 'labels of a namespace can be added, not changed and not removed',
    sees: (actual, { seen }) => {
      const known = new Map(seen.namespaces.map(({ name, labels }) => [name, labels]));
      return {
        ...actual,
        namespaces: actual.namespaces.map(({ name, labels }) => ({ name, labels: { ...labels, ...known.get(name) } })),
      };
    },
  },
  {
    id: 'B103',
    what: 'three minutes after a policy came what it knew of ended connections is tidied up, and answers are dropped meanwhile',
    wire: ({ outcome, sinceMs }) =>
      outcome === 'open' && sinceMs > 180_000 && sinceMs < 220_000 ? 'dropped' : outcome,
  },
];

import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { Labels } from '../../../../src/core/model/selector.ts';
import type { Fault, Memory } from '../fault.ts';
import { keyOf, sameIn } from '../questions.ts';

interface Labelled {
  readonly name: string;
  readonly labels: Labels;
}

const written = (value: unknown): string => JSON.stringify(value);
const podsOf = ({ pods }: ClusterState): readonly Labelled[] =>
  pods.map((pod) => ({ name: fullName(pod), labels: pod.labels }));

/**
 * Keeps the labels that things had before where they change together with something before, until they change again. A note
 * says what a thing really has, and what it is taken to have.
 */
function lateLabels(
  now: readonly Labelled[],
  before: readonly Labelled[],
  taken: readonly Labelled[],
  { sinceMs, notes }: Memory,
) {
  const old = new Map(before.map(({ name, labels }) => [name, labels]));
  const known = new Map(taken.map(({ name, labels }) => [name, labels]));
  return (name: string, labels: Labels): Labels => {
    const [was, seen] = [old.get(name), known.get(name)];
    const head = `${name} ${written(labels)} `;
    if (was !== undefined && written(was) !== written(labels)) {
      for (const note of notes) if (note.startsWith(`${name} `)) notes.delete(note);
      if (sinceMs === 0 && now.length > 0) notes.add(`${head}${written(seen)}`);
    }
    const note = [...notes].find((each) => each.startsWith(head));
    return note === undefined ? labels : (JSON.parse(note.slice(head.length)) as Labels);
  };
}

/** Made-up ways of losing what comes together with something before it. */
export const ONE_BREATH_MUTANTS: readonly Fault[] = [
  {
    id: 'labels-in-one-breath',
    what: "of what changes at once with a change before it a pod's labels are lost",
    sees: (actual, memory) => {
      const labels = lateLabels(podsOf(actual), podsOf(memory.actual), podsOf(memory.seen), memory);
      return { ...actual, pods: actual.pods.map((pod) => ({ ...pod, labels: labels(fullName(pod), pod.labels) })) };
    },
  },
  {
    id: 'namespaces-in-one-breath',
    what: "of what changes at once with a change before it a namespace's labels are lost",
    sees: (actual, memory) => {
      const labels = lateLabels(actual.namespaces, memory.actual.namespaces, memory.seen.namespaces, memory);
      return {
        ...actual,
        namespaces: actual.namespaces.map((each) => ({ ...each, labels: labels(each.name, each.labels) })),
      };
    },
  },
  {
    id: 'second-update-lost',
    what: 'of policies that are updated at once the first is',
    sees: (actual, { actual: before, seen, sinceMs, notes }) => ({
      ...actual,
      policies: actual.policies.map((policy) => {
        const [old, taken] = [sameIn(before, policy), sameIn(seen, policy)];
        const updated = old !== undefined && written(old) !== written(policy);
        if (updated && sinceMs === 0) notes.add(keyOf(policy));
        else if (updated) notes.delete(keyOf(policy));
        return notes.has(keyOf(policy)) && taken !== undefined ? taken : policy;
      }),
    }),
  },
];

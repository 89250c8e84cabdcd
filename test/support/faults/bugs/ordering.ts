import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Fault, Memory } from '../fault.ts';
import { keyOf, newPodsSince, newSince, sameIn } from '../questions.ts';
import { soundIsolation } from '../semantics.ts';

const LOST = 'lost ';
const NOW = 'now ';

/** Notes what is new of changes that were made together: `now policy x/deny`, `now pod x/a`. */
function noteTogether(actual: ClusterState, { actual: before, notes, sinceMs }: Memory): void {
  if (sinceMs > 0) for (const note of notes) if (note.startsWith(NOW)) notes.delete(note);
  for (const policy of newSince(before, actual)) notes.add(`${NOW}policy ${keyOf(policy)}`);
  for (const pod of newPodsSince(before, actual)) notes.add(`${NOW}pod ${pod}`);
}

const newOf = (notes: ReadonlySet<string>, kind: 'policy' | 'pod'): readonly string[] =>
  [...notes]
    .filter((note) => note.startsWith(`${NOW}${kind} `))
    .map((note) => note.slice(NOW.length + kind.length + 1));

/** Forgets policies that were lost once they are deleted. */
function forgetLost(actual: ClusterState, { actual: before, notes }: Memory): void {
  for (const policy of before.policies) {
    if (sameIn(actual, policy) === undefined) notes.delete(LOST + keyOf(policy));
  }
}

/** Faults of plugins that depend on what they hear of first. */
export const ORDERING_FAULTS: readonly Fault[] = [
  {
    id: 'B152',
    what: 'policies that are made together with pods do not reach the second node',
    shows: { 'bugs/pods-and-policies-at-once': 'made together' },
    sees: (actual, memory) => {
      const { notes } = memory;
      forgetLost(actual, memory);
      noteTogether(actual, memory);
      if (newOf(notes, 'pod').length > 0) for (const key of newOf(notes, 'policy')) notes.add(LOST + key);
      return actual;
    },
    reads: (_seen, notes) => ({
      isolates: (policy, query, semantics) =>
        soundIsolation(policy, query, semantics) &&
        !(notes.has(LOST + keyOf(policy)) && query.subject.node === 'node-2'),
    }),
  },
  {
    id: 'B153',
    what: 'of several policies with one selector that are made together with pods only the first is enforced',
    shows: { 'bugs/many-policies-of-one-selector': 'made' },
    sees: (actual, memory) => {
      const { notes } = memory;
      forgetLost(actual, memory);
      noteTogether(actual, memory);
      if (newOf(notes, 'pod').length > 0) for (const key of newOf(notes, 'policy').slice(1)) notes.add(LOST + key);
      return { ...actual, policies: actual.policies.filter((policy) => !notes.has(LOST + keyOf(policy))) };
    },
  },
  {
    id: 'B157',
    what: 'a policy that stood before a pod of its own came does not isolate it',
    shows: {
      'bugs/new-peers-of-old-policies': 'they come',
      'bugs/pods-and-policies-at-once': 'under policies that stand',
    },
    sees: (actual, { actual: before, notes }) => {
      for (const name of newPodsSince(before, actual)) {
        for (const policy of before.policies) notes.add(`${keyOf(policy)} ${name}`);
      }
      const stands = new Set(actual.pods.map(fullName));
      for (const note of notes) if (!stands.has(note.slice(note.indexOf(' ') + 1))) notes.delete(note);
      return actual;
    },
    reads: (_seen, notes) => ({
      isolates: (policy, query, semantics) =>
        soundIsolation(policy, query, semantics) && !notes.has(`${keyOf(policy)} ${fullName(query.subject)}`),
    }),
  },
  {
    id: 'B101',
    what: 'while policies that select nobody here change, new connections are dropped for a moment',
    shows: { 'bugs/changes-elsewhere': 'policies elsewhere' },
    wire: ({ seen, outcome, sinceMs }) => {
      const elsewhere = seen.policies.some(
        ({ metadata, spec }) =>
          !seen.pods.some(
            ({ namespace, ports, labels }) =>
              namespace === metadata.namespace && ports.length > 0 && selects(spec.podSelector ?? {}, labels),
          ),
      );
      return elsewhere && sinceMs < 60 ? 'dropped' : outcome;
    },
  },
];

import type { Fault } from '../fault.ts';
import { goneSince, sameIn } from '../questions.ts';
import {
  deafAfter,
  keepsDeleted,
  knownLabels,
  note,
  opensAfter,
  withKnownNamespaceLabels,
  withNoted,
  withPodLabels,
} from '../remembered.ts';

/** Made-up ways of going wrong when the API server restarts, or is out of reach for a while. */
export const API_SERVER_MUTANTS: readonly Fault[] = [
  {
    id: 'deleted-while-cut-off',
    what: 'a policy that is deleted while its node does not reach the API server stays in force',
    sees: keepsDeleted(({ event }) => event === 'joined'),
  },
  {
    id: 'updated-while-cut-off',
    what: 'a policy that is known already is not read again from the list after a watch broke',
    sees: (actual, { seen, event }) =>
      event === 'joined'
        ? { ...actual, policies: actual.policies.map((policy) => sameIn(seen, policy) ?? policy) }
        : actual,
  },
  {
    id: 'relabelled-while-cut-off',
    what: 'pods and namespaces have the labels that they had before a watch broke, until they change again',
    sees: (actual, memory) =>
      memory.event === 'joined' ? withPodLabels(withKnownNamespaceLabels(actual, memory), knownLabels(memory)) : actual,
  },
  {
    id: 'deaf-once-joined',
    what: 'a watch of policies that broke is begun anew once, and never again',
    sees: deafAfter('joined'),
  },
  {
    id: 'opens-when-cut-off',
    what: 'while it does not reach the API server it enforces nothing',
    wire: ({ event, outcome }) => (event === 'cut-off' ? 'open' : outcome),
  },
  {
    id: 'cuts-when-cut-off',
    what: 'two seconds after it lost the API server nothing gets through',
    wire: ({ event, outcome, sinceMs }) => (event === 'cut-off' && sinceMs > 2_000 ? 'dropped' : outcome),
  },
  {
    id: 'empty-list',
    what: 'for 200 ms after the API server restarted there are no policies',
    wire: opensAfter('api-server-restarted', 800, 1_000),
  },
  {
    id: 'deaf-after-restart',
    what: 'once the API server was restarted, changes of policies are not noticed',
    sees: (actual, { seen, notes, event }) => {
      if (event === 'api-server-restarted') notes.add('deaf');
      return notes.has('deaf') ? { ...actual, policies: seen.policies } : actual;
    },
  },
  {
    id: 'misses-deletion-after-restart',
    what: 'the first deletion of a policy after the API server restarted is missed',
    sees: (actual, { actual: before, notes, event }) => {
      if (event === 'api-server-restarted') notes.add('restarted');
      const gone = goneSince(before, actual);
      if (gone.length > 0 && notes.delete('restarted')) note(gone, { notes });
      return withNoted(actual, notes);
    },
  },
  {
    id: 'labels-deaf-after-restart',
    what: 'once the API server was restarted, labels of pods are not followed',
    sees: (actual, { seen, notes, event }) => {
      if (event === 'api-server-restarted') notes.add('deaf');
      return notes.has('deaf') ? withPodLabels(actual, knownLabels({ seen })) : actual;
    },
  },
];

import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { Fault } from '../fault.ts';
import { goneSince, notedPolicies, sameIn } from '../questions.ts';

/** Made-up ways of going wrong when the API server restarts, or is out of reach for a while. */
export const API_SERVER_MUTANTS: readonly Fault[] = [
  {
    id: 'deleted-while-cut-off',
    what: 'a policy that is deleted while its node does not reach the API server stays in force',
    sees: (actual, { actual: before, notes, event }) => {
      if (event === 'joined') for (const policy of goneSince(before, actual)) notes.add(JSON.stringify(policy));
      const left = notedPolicies(notes).filter((policy) => sameIn(actual, policy) === undefined);
      return { ...actual, policies: [...actual.policies, ...left] };
    },
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
    sees: (actual, { seen, event }) => {
      if (event !== 'joined') return actual;
      const pods = new Map(seen.pods.map((pod) => [fullName(pod), pod.labels]));
      const namespaces = new Map(seen.namespaces.map(({ name, labels }) => [name, labels]));
      return {
        ...actual,
        pods: actual.pods.map((pod) => ({ ...pod, labels: pods.get(fullName(pod)) ?? pod.labels })),
        namespaces: actual.namespaces.map((each) => ({ ...each, labels: namespaces.get(each.name) ?? each.labels })),
      };
    },
  },
  {
    id: 'deaf-once-joined',
    what: 'a watch of policies that broke is begun anew once, and never again',
    sees: (actual, { seen, notes, event }) => {
      const deaf = notes.has('deaf');
      if (event === 'joined') notes.add('deaf');
      return deaf ? { ...actual, policies: seen.policies } : actual;
    },
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
    wire: ({ event, outcome, sinceMs }) =>
      event === 'api-server-restarted' && sinceMs > 800 && sinceMs < 1_000 ? 'open' : outcome,
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
      if (gone.length > 0 && notes.delete('restarted')) for (const policy of gone) notes.add(JSON.stringify(policy));
      const left = notedPolicies(notes).filter((policy) => sameIn(actual, policy) === undefined);
      return { ...actual, policies: [...actual.policies, ...left] };
    },
  },
  {
    id: 'labels-deaf-after-restart',
    what: 'once the API server was restarted, labels of pods are not followed',
    sees: (actual, { seen, notes, event }) => {
      if (event === 'api-server-restarted') notes.add('deaf');
      const known = new Map(seen.pods.map((pod) => [fullName(pod), pod.labels]));
      if (!notes.has('deaf')) return actual;
      return {
        ...actual,
        pods: actual.pods.map((pod) => ({ ...pod, labels: known.get(fullName(pod)) ?? pod.labels })),
      };
    },
  },
];

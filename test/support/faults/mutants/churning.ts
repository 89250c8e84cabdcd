import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { Query } from '../../../../src/core/oracle/tier.ts';
import type { Fault, Memory } from '../fault.ts';
import { keyOf, newPodsSince, sameIn } from '../questions.ts';
import { knownLabels, notedAreNoPeers, notedFree, opensAfter, withPodLabels } from '../remembered.ts';
import { soundIsolation } from '../semantics.ts';
import { DEPARTING_MUTANTS } from './departing.ts';
import { READDRESSED_MUTANTS } from './readdressed.ts';
import { RESTARTED_MUTANTS } from './restarted.ts';
import { SUCCESSOR_MUTANTS } from './successors.ts';
import { UNREADY_MUTANTS } from './unready.ts';
import { UNSTARTED_MUTANTS } from './unstarted.ts';

/** Notes pods that came after the plugin did. */
function noteLate(actual: ClusterState, { actual: before, notes }: Memory): ClusterState {
  for (const name of newPodsSince(before, actual)) notes.add(name);
  return actual;
}

/** Pods that came late are not isolated where the query is of this kind. */
const lateFree = (id: string, what: string, where: (query: Query) => boolean): Fault => ({
  id,
  what,
  sees: noteLate,
  reads: notedFree(where),
});

/** Made-up ways of going wrong when pods, namespaces or the plugin's own parts come and go. */
export const CHURNING_MUTANTS: readonly Fault[] = [
  ...DEPARTING_MUTANTS,
  ...READDRESSED_MUTANTS,
  ...SUCCESSOR_MUTANTS,
  lateFree('late-pods-free', 'pods that come later are not isolated', () => true),
  lateFree(
    'late-egress-free',
    'outgoing traffic of later pods is not isolated',
    ({ direction }) => direction === 'Egress',
  ),
  lateFree(
    'late-ingress-free',
    'incoming traffic of later pods is not isolated',
    ({ direction }) => direction === 'Ingress',
  ),
  lateFree('late-udp-free', 'UDP of later pods is not isolated', ({ protocol }) => protocol === 'UDP'),
  lateFree(
    'late-second-node',
    'later pods of the second node are not isolated',
    ({ subject }) => subject.node === 'node-2',
  ),
  {
    id: 'late-strangers',
    what: 'pods that come later are no peers',
    sees: noteLate,
    reads: notedAreNoPeers,
  },
  {
    id: 'same-pod-again',
    what: 'a pod that comes again under its name has the labels of the old one',
    sees: (actual, { actual: before, notes }) => {
      for (const { labels, ...pod } of before.pods) {
        const name = fullName(pod);
        if (![...notes].some((note) => note.startsWith(`${name} `))) notes.add(`${name} ${JSON.stringify(labels)}`);
      }
      const first = (name: string) => [...notes].find((note) => note.startsWith(`${name} `))?.slice(name.length + 1);
      const fresh = new Set(newPodsSince(before, actual));
      for (const name of fresh) if (first(name) !== undefined) notes.add(`again ${name}`);
      return {
        ...actual,
        pods: actual.pods.map((pod) => {
          const name = fullName(pod);
          return notes.has(`again ${name}`) ? { ...pod, labels: JSON.parse(first(name) ?? '{}') } : pod;
        }),
      };
    },
  },
  {
    id: 'ending-free',
    what: 'a Terminating pod is not isolated',
    reads: () => ({
      isolates: (policy, query, semantics) =>
        soundIsolation(policy, query, semantics) && query.subject.terminating !== true,
    }),
  },
  {
    id: 'forgets-on-restart',
    what: 'agents that are back enforce only policies that change from then on',
    sees: (actual, { actual: before, notes, event }) => {
      if (event === 'agents-started') for (const policy of actual.policies) notes.add(keyOf(policy));
      for (const policy of before.policies) {
        const now = sameIn(actual, policy);
        if (JSON.stringify(now) !== JSON.stringify(policy)) notes.delete(keyOf(policy));
      }
      return { ...actual, policies: actual.policies.filter((policy) => !notes.has(keyOf(policy))) };
    },
  },
  {
    id: 'misses-what-changed-meanwhile',
    what: 'what changed of policies while no agent ran is not noticed',
    sees: (actual, { actual: before, seen, event }) => {
      if (event === 'agents-started') return { ...actual, policies: seen.policies };
      const changed = (policy: ClusterState['policies'][number]) =>
        JSON.stringify(sameIn(before, policy)) !== JSON.stringify(sameIn(actual, policy));
      const kept = seen.policies.filter((policy) => !changed(policy));
      return { ...actual, policies: [...kept, ...actual.policies.filter(changed)] };
    },
  },
  {
    id: 'labels-frozen-by-restart',
    what: 'agents that are back follow no labels of pods any more',
    sees: (actual, { seen, notes, event }) => {
      const frozen = notes.has('frozen');
      if (event === 'agents-started') notes.add('frozen');
      return frozen ? withPodLabels(actual, knownLabels({ seen })) : actual;
    },
  },
  {
    id: 'cut-while-away',
    what: 'while no agent runs nothing gets through',
    wire: ({ event, outcome }) => (event === 'agents-stopped' ? 'dropped' : outcome),
  },
  {
    id: 'leaks-when-back',
    what: 'two seconds after the agents are back everything gets through for 200 ms',
    wire: opensAfter('agents-started', 2_000, 2_200),
  },
  {
    id: 'controller-opens',
    what: 'for a second after its restart the controller admits everybody',
    wire: ({ event, outcome, sinceMs }) => (event === 'controller-restarted' && sinceMs < 1_000 ? 'open' : outcome),
  },
  {
    id: 'host-port-open',
    what: 'policies do not hold through a port of the node',
    wire: ({ cell, outcome }) => (cell.path === 'host-port' ? 'open' : outcome),
  },
  ...UNSTARTED_MUTANTS,
  ...UNREADY_MUTANTS,
  ...RESTARTED_MUTANTS,
];

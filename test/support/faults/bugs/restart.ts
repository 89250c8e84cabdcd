import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { Fault } from '../fault.ts';
import { goneSince, newPodsSince, notedPolicies, sameIn } from '../questions.ts';

/** How long a controller takes in what happens while it restarts, in ms. */
const CONTROLLER_MS = 5_000;

const withoutPolicies = (state: ClusterState): ClusterState => ({ ...state, policies: [] });

/** Faults of plugins whose agents or controllers restart. */
export const RESTART_FAULTS: readonly Fault[] = [
  {
    id: 'B88',
    what: 'while the agents restart nothing is enforced',
    shows: { 'disruption/agents-killed': 'the agents are killed' },
    away: withoutPolicies,
  },
  {
    id: 'B90',
    what: 'a policy that was deleted while no agent ran stays in force',
    shows: { 'disruption/changes-while-no-agent-runs': 'while no agent runs' },
    sees: (actual, { actual: before, notes, event }) => {
      if (event === 'agents-started') for (const policy of goneSince(before, actual)) notes.add(JSON.stringify(policy));
      const left = notedPolicies(notes).filter((policy) => sameIn(actual, policy) === undefined);
      return { ...actual, policies: [...actual.policies, ...left] };
    },
  },
  {
    id: 'B92',
    what: 'once the agents were restarted, changes of policies are not noticed',
    shows: { 'disruption/changes-after-a-restart': 'another policy' },
    sees: (actual, { seen, notes, event }) => {
      const deaf = notes.has('deaf');
      if (event === 'agents-started') notes.add('deaf');
      return deaf ? { ...actual, policies: seen.policies } : actual;
    },
  },
  {
    id: 'B98',
    what: 'pods that come while the controller restarts are cut off for good',
    shows: { 'disruption/controller-restarted': 'while the controller restarts' },
    sees: (actual, { actual: before, notes, event, sinceMs }) => {
      if (event === 'controller-restarted') notes.add('restarting');
      else if (sinceMs > CONTROLLER_MS) notes.delete('restarting');
      if (notes.has('restarting')) for (const name of newPodsSince(before, actual)) notes.add(name);
      return actual;
    },
    reads: (_seen, notes) => ({
      before: ({ subject, peer }) =>
        [subject, peer].some((pod) => pod !== undefined && notes.has(fullName(pod))) ? false : undefined,
    }),
  },
];

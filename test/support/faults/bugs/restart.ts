import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { Fault } from '../fault.ts';
import { newPodsSince } from '../questions.ts';
import { deafAfter, keepsDeleted } from '../remembered.ts';

/** How long a controller takes in what happens while it restarts, in ms. */
const CONTROLLER_MS = 5_000;

const withoutPolicies = (state: ClusterState): ClusterState => ({ ...state, policies: [] });

/** Names of the pods that have other addresses than before: their sandboxes were made anew. */
function movedSince({ pods: before }: ClusterState, { pods: now }: ClusterState): readonly string[] {
  const ips = new Map(before.map((pod) => [fullName(pod), pod.ips.join()]));
  return now.filter((pod) => (ips.get(fullName(pod)) ?? pod.ips.join()) !== pod.ips.join()).map(fullName);
}

/** Faults of plugins whose agents or controllers restart. */
export const RESTART_FAULTS: readonly Fault[] = [
  {
    id: 'B86',
    what: 'rules go on with the address that a peer had before it came back under another',
    shows: { 'disruption/sandboxes-restarted': 'a peer comes back: x/friend' },
    sees: (actual, { actual: before, notes }) => {
      for (const name of movedSince(before, actual)) notes.add(name);
      return actual;
    },
    reads: (_seen, notes) => ({
      before: ({ peer, direction }) =>
        direction === 'Ingress' && peer !== undefined && notes.has(fullName(peer)) ? false : undefined,
    }),
  },
  {
    id: 'B87',
    what: 'after a restart of a node, the removal of one of its pods takes another one with it',
    shows: { 'disruption/node-restarted': 'one of them goes' },
    sees: (actual, { actual: before, notes }) => {
      const last = movedSince(before, actual).at(-1);
      if (last !== undefined) notes.add(`after ${last}`);
      const still = new Set(actual.pods.map(fullName));
      if (before.pods.some((pod) => !still.has(fullName(pod)))) notes.add('removed');
      return actual;
    },
    reads: (_seen, notes) => ({
      before: ({ subject, peer }) =>
        notes.has('removed') && [subject, peer].some((pod) => pod !== undefined && notes.has(`after ${fullName(pod)}`))
          ? false
          : undefined,
    }),
  },
  {
    id: 'B91',
    what: 'after a restart of the node, new pods come up without policies',
    shows: { 'disruption/node-restarted': 'new pods on it' },
    sees: (actual, { actual: before, notes }) => {
      if (notes.has('restarted')) for (const name of newPodsSince(before, actual)) notes.add(name);
      if (movedSince(before, actual).length > 0) notes.add('restarted');
      return actual;
    },
    reads: (_seen, notes) => ({
      before: ({ subject }) => (subject !== undefined && notes.has(fullName(subject)) ? true : undefined),
    }),
  },
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
    sees: keepsDeleted(({ event }) => event === 'agents-started'),
  },
  {
    id: 'B92',
    what: 'once the agents were restarted, changes of policies are not noticed',
    shows: { 'disruption/changes-after-a-restart': 'another policy' },
    sees: deafAfter('agents-started'),
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

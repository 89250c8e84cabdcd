import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { Peer, PolicyPort } from '../../../../src/core/model/policy.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import { portAdmits } from '../../../../src/core/oracle/reference.ts';
import type { Query } from '../../../../src/core/oracle/tier.ts';
import type { Fault, Memory } from '../fault.ts';
import { goneSince, keyOf, newPodsSince, notedPolicies, relabelledSince, sameIn } from '../questions.ts';
import { keepsDeleted, note, withKnownNamespaceLabels, withNoted } from '../remembered.ts';
import { type Semantics, soundPeer } from '../semantics.ts';

/** Notes that the agents were restarted. */
function noteBack(actual: ClusterState, { notes, event }: Memory): ClusterState {
  if (event === 'agents-started') notes.add('back');
  return actual;
}

/** Rules are read so once the agents were restarted. */
const onceBack = (id: string, what: string, semantics: Partial<Semantics>): Fault => ({
  id,
  what: `agents that are back ${what}`,
  sees: noteBack,
  reads: (_seen, notes) => (notes.has('back') ? semantics : {}),
});

const losesPeers = (id: string, what: string, isLost: (peer: Peer, query: Query) => boolean): Fault =>
  onceBack(id, what, {
    peerAdmits: (peer, policy, query, semantics) => !isLost(peer, query) && soundPeer(peer, policy, query, semantics),
  });

const losesPorts = (id: string, what: string, isLost: (port: PolicyPort) => boolean): Fault =>
  onceBack(id, what, {
    portAdmits: (port, query) => !isLost(port) && portAdmits(port, query),
  });

/** Notes whether the controller restarts: from the moment of that on until something happens later. */
function noteController({ notes, event, sinceMs }: Memory): boolean {
  if (event === 'controller-restarted') notes.add('restarting');
  else if (sinceMs > 0) notes.delete('restarting');
  return event !== 'controller-restarted' && notes.has('restarting');
}

const isEmpty = (selector: object | undefined): boolean =>
  selector !== undefined && Object.values(selector).every((part) => Object.keys(part ?? {}).length === 0);

/** Made-up ways of going wrong when the plugin's agents or its controller restart. */
export const RESTARTING_MUTANTS: readonly Fault[] = [
  losesPeers('back-without-all-namespaces', 'let in nobody by a selector of all namespaces', (peer) =>
    isEmpty(peer.namespaceSelector),
  ),
  losesPeers(
    'back-without-both-selectors',
    'forget peers with a selector of namespaces and one of pods',
    ({ podSelector, namespaceSelector }) => podSelector !== undefined && namespaceSelector !== undefined,
  ),
  losesPeers(
    'back-without-blocks',
    'forget blocks of incoming traffic',
    ({ ipBlock }, { direction }) => ipBlock !== undefined && direction === 'Ingress',
  ),
  losesPeers(
    'back-without-outgoing-blocks',
    'forget blocks of outgoing traffic',
    ({ ipBlock }, { direction }) => ipBlock !== undefined && direction === 'Egress',
  ),
  losesPeers(
    'back-without-destinations',
    'forget pods that traffic may go to',
    ({ podSelector }, { direction }) => podSelector !== undefined && direction === 'Egress',
  ),
  losesPorts('back-without-names', 'forget ports by name', ({ port }) => typeof port === 'string'),
  losesPorts('back-without-udp', 'forget ports of UDP', ({ protocol }) => protocol === 'UDP'),
  onceBack('back-without-exceptions', 'forget what blocks except', {
    peerAdmits: (peer, policy, query, semantics) =>
      soundPeer(peer.ipBlock ? { ipBlock: { cidr: peer.ipBlock.cidr } } : peer, policy, query, semantics),
  }),
  {
    id: 'controller-cuts-off',
    what: 'for 300 ms after its restart the controller has no peers of any policy',
    wire: ({ event, outcome, sinceMs, cell, seen }) =>
      event === 'controller-restarted' && sinceMs < 300 && outcome === 'open' && isTarget(seen, cell.to)
        ? 'dropped'
        : outcome,
  },
  {
    id: 'controller-forgets-namespaces',
    what: 'a controller that restarted knows no labels of namespaces until something changes',
    sees: (actual, { notes, event }) => {
      if (event === 'controller-restarted') notes.add('empty');
      else notes.delete('empty');
      return actual;
    },
    reads: (_seen, notes) => (notes.has('empty') ? { namespaceLabels: () => ({}) } : {}),
  },
  {
    id: 'deleted-while-controller-restarts',
    what: 'a policy that is deleted while the controller restarts stays in force',
    sees: keepsDeleted(noteController),
  },
  {
    id: 'updated-while-controller-restarts',
    what: 'an update of a policy while the controller restarts is not noticed',
    sees: (actual, memory) => {
      if (noteController(memory))
        for (const policy of memory.actual.policies) {
          const now = sameIn(actual, policy);
          if (now !== undefined && JSON.stringify(now) !== JSON.stringify(policy))
            memory.notes.add(JSON.stringify(policy));
        }
      const old = new Map(notedPolicies(memory.notes).map((policy) => [keyOf(policy), policy]));
      return { ...actual, policies: actual.policies.map((policy) => old.get(keyOf(policy)) ?? policy) };
    },
  },
  {
    id: 'relabelled-while-controller-restarts',
    what: 'a pod that loses a label while the controller restarts goes on as a peer',
    sees: (actual, memory) => {
      const restarting = noteController(memory);
      const before = new Map(memory.seen.pods.map((pod) => [fullName(pod), pod.labels]));
      return {
        ...actual,
        pods: actual.pods.map((pod) => ({
          ...pod,
          labels: restarting ? { ...before.get(fullName(pod)), ...pod.labels } : pod.labels,
        })),
      };
    },
  },
  {
    id: 'namespace-while-controller-restarts',
    what: 'labels that a namespace gets while the controller restarts are not noticed',
    sees: (actual, memory) => (noteController(memory) ? withKnownNamespaceLabels(actual, memory) : actual),
  },
  {
    id: 'removed-while-controller-restarts',
    what: 'the address of a peer that is removed while the controller restarts stays a peer',
    sees: (actual, memory) => {
      const { actual: before, notes } = memory;
      if (noteController(memory)) {
        const still = new Set(actual.pods.map(fullName));
        for (const pod of before.pods.filter((each) => !still.has(fullName(each))))
          notes.add(`${pod.ips.join()} ${JSON.stringify(pod.labels)}`);
      }
      const left = (ips: readonly string[]) => [...notes].find((note) => note.startsWith(`${ips.join()} `));
      const fresh = new Set(newPodsSince(before, actual));
      for (const pod of actual.pods.filter((each) => fresh.has(fullName(each)) && left(each.ips) !== undefined))
        notes.add(`heir ${fullName(pod)}`);
      return {
        ...actual,
        pods: actual.pods.map((pod) => {
          const heir = notes.has(`heir ${fullName(pod)}`) ? left(pod.ips) : undefined;
          return heir === undefined ? pod : { ...pod, labels: JSON.parse(heir.slice(heir.indexOf(' '))) };
        }),
      };
    },
  },
  {
    id: 'back-with-old-peers',
    what: 'agents that are back add to the peers that they knew, and take none away',
    sees: (actual, { seen, event, notes }) => {
      if (event !== 'agents-started') return actual;
      for (const [old] of relabelledSince(seen, actual)) notes.add(`${fullName(old)} ${JSON.stringify(old.labels)}`);
      return actual;
    },
    reads: (_seen, notes) => ({
      peerAdmits: (peer, policy, query, semantics) => {
        const { peer: other } = query;
        const name = other && `${fullName(other)} `;
        const note = [...notes].find((each) => name !== undefined && each.startsWith(name));
        return (
          soundPeer(peer, policy, query, semantics) ||
          (other !== undefined &&
            note !== undefined &&
            soundPeer(
              peer,
              policy,
              { ...query, peer: { ...other, labels: JSON.parse(note.slice(name?.length)) } },
              semantics,
            ))
        );
      },
    }),
  },
  {
    id: 'controller-brings-back',
    what: 'a controller that restarts brings back policies that were deleted before',
    sees: (actual, { actual: before, notes, event }) => {
      if (event === 'controller-restarted' && [...notes].some((note) => note.startsWith('{'))) notes.add('again');
      note(goneSince(before, actual), { notes });
      return notes.has('again') ? withNoted(actual, notes) : actual;
    },
  },
  {
    id: 'sets-of-the-past',
    what: 'a minute and a half after a change, pods are the peers that they were by their earlier labels',
    sees: (actual, { actual: before, notes }) => {
      for (const [pod] of relabelledSince(before, actual)) notes.add(fullName(pod));
      return actual;
    },
    wire: ({ notes, cell, outcome, sinceMs }) =>
      sinceMs > 80_000 && notes.has(cell.from) ? (outcome === 'open' ? 'dropped' : 'open') : outcome,
  },
  {
    id: 'five-minutes-later',
    what: 'five minutes after a change, what it changed is as before',
    wire: ({ event, outcome, before, sinceMs }) => (event === 'objects' && sinceMs > 300_000 ? before : outcome),
  },
];

/** Whether a policy isolates the pod for incoming traffic. */
function isTarget({ policies, pods }: ClusterState, name: string): boolean {
  const pod = pods.find((each) => fullName(each) === name);
  return policies.some(
    ({ metadata, spec }) =>
      pod !== undefined &&
      metadata.namespace === pod.namespace &&
      spec.policyTypes?.includes('Egress') !== true &&
      selects(spec.podSelector ?? {}, pod.labels),
  );
}

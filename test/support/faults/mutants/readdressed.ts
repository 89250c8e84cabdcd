import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import { portAdmits } from '../../../../src/core/oracle/reference.ts';
import type { Query } from '../../../../src/core/oracle/tier.ts';
import type { Fault, Memory } from '../fault.ts';
import { relabelledSince } from '../questions.ts';
import { soundIsolation, soundPeer } from '../semantics.ts';

/** Keeps in mind the first owner of each address. */
function noteOwners(actual: ClusterState, { notes }: Memory): ClusterState {
  for (const pod of actual.pods) {
    for (const ip of pod.ips) if (ownerOf(notes, ip) === undefined) notes.add(`${ip} ${JSON.stringify(pod)}`);
  }
  return actual;
}

function ownerOf(notes: ReadonlySet<string>, ip: string): Pod | undefined {
  const note = [...notes].find((each) => each.startsWith(`${ip} `));
  return note === undefined ? undefined : (JSON.parse(note.slice(ip.length + 1)) as Pod);
}

/** The pod that had the pod's address first, where that was another one. */
function formerly(notes: ReadonlySet<string>, pod: Pod): Pod {
  const owner = ownerOf(notes, pod.ips[0] ?? '');
  return owner === undefined || fullName(owner) === fullName(pod) ? pod : owner;
}

/** Keeps in mind addresses whose pods went in the moment in which they got labels, with these labels. */
function noteHurried(actual: ClusterState, { actual: before, sinceMs, notes }: Memory): ClusterState {
  if (sinceMs > 0) for (const note of notes) if (note.startsWith('labelled ')) notes.delete(note);
  for (const pod of before.pods) {
    const now = actual.pods.find((each) => fullName(each) === fullName(pod));
    const [ip = ''] = pod.ips;
    if (now === undefined && notes.has(`labelled ${ip}`)) notes.add(`${ip} ${JSON.stringify(pod)}`);
  }
  for (const [{ ips }] of relabelledSince(before, actual)) notes.add(`labelled ${ips[0] ?? ''}`);
  return actual;
}

/** Pods are peers too where an earlier owner of their address is one. */
const likeFormer =
  (where: (query: Query) => boolean): NonNullable<Fault['reads']> =>
  (_seen, notes) => ({
    peerAdmits: (peer, policy, query, semantics) =>
      soundPeer(peer, policy, query, semantics) ||
      (where(query) &&
        query.peer !== undefined &&
        soundPeer(peer, policy, { ...query, peer: formerly(notes, query.peer) }, semantics)),
  });

/** Made-up ways of taking the owner of an address for an earlier one, where pods send. */
export const READDRESSED_MUTANTS: readonly Fault[] = [
  {
    id: 'labels-of-the-last-moment',
    what: 'labels that a pod got in the moment in which it went stay with its address',
    sees: noteHurried,
    reads: likeFormer(() => true),
  },
  {
    id: 'destination-stays',
    what: 'an address that a pod might be reached at stays one for the next owner',
    sees: noteOwners,
    reads: likeFormer(({ direction }) => direction === 'Egress'),
  },
  {
    id: 'destination-stays-none',
    what: 'an address that no pod might be reached at stays none for the next owner',
    sees: noteOwners,
    reads: (_seen, notes) => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) &&
        (query.direction === 'Ingress' ||
          query.peer === undefined ||
          soundPeer(peer, policy, { ...query, peer: formerly(notes, query.peer) }, semantics)),
    }),
  },
  {
    id: 'held-back-stays',
    what: 'who has the address of a pod that was held back is held back',
    sees: noteOwners,
    reads: (_seen, notes) => ({
      isolates: (policy, query, semantics) => {
        const subject = query.direction === 'Egress' ? formerly(notes, query.subject) : query.subject;
        return soundIsolation(policy, query, semantics) || soundIsolation(policy, { ...query, subject }, semantics);
      },
    }),
  },
  {
    id: 'port-name-stays',
    what: 'a port name stands for the number that the first owner of the address gave it',
    sees: noteOwners,
    reads: (_seen, notes) => ({
      portAdmits: (port, query) =>
        portAdmits(port, query.destination ? { ...query, destination: formerly(notes, query.destination) } : query),
    }),
  },
];

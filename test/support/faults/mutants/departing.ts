import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { LabelSelector, Labels } from '../../../../src/core/model/selector.ts';
import { isBehind } from '../../../../src/core/model/service-pods.ts';
import type { Fault, Memory, OnTheWire } from '../fault.ts';
import { goneSince, newSince } from '../questions.ts';
import { soundIsolation, soundPeer } from '../semantics.ts';

/** Keeps in mind the labels of namespaces that have gone, until one of the name comes. */
function noteGone(actual: ClusterState, { actual: before, notes }: Memory): ClusterState {
  const named = (state: ClusterState, name: string) => state.namespaces.find((each) => each.name === name);
  for (const { name, labels } of before.namespaces) {
    if (!named(actual, name)) notes.add(`${name} ${JSON.stringify(labels)}`);
  }
  for (const note of notes) if (named(actual, note.slice(0, note.indexOf(' ')))) notes.delete(note);
  return actual;
}

function goneMeet(notes: ReadonlySet<string>, selector: LabelSelector): boolean {
  return [...notes].some((note) => selects(selector, JSON.parse(note.slice(note.indexOf(' '))) as Labels));
}

const isEmpty = (selector: LabelSelector): boolean => Object.keys(selector).length === 0;

/** With a namespace that goes, a namespace selector of this kind loses the others that it means. */
const takesAlong = (id: string, what: string, kind: (selector: LabelSelector) => boolean): Fault => ({
  id,
  what,
  sees: noteGone,
  reads: (_seen, notes) => ({
    peerAdmits: (peer, policy, query, semantics) =>
      soundPeer(peer, policy, query, semantics) &&
      !(peer.namespaceSelector && kind(peer.namespaceSelector) && goneMeet(notes, peer.namespaceSelector)),
  }),
});

/** Policies by what they say, wherever they are. */
const sayingOf = ({ spec }: NetworkPolicy): string => JSON.stringify(spec);

/** Nodes on which a policy has pods, each with what the policy says. */
function places({ policies, pods }: ClusterState): ReadonlySet<string> {
  return new Set(
    policies.flatMap((policy) =>
      pods
        .filter(({ namespace }) => namespace === policy.metadata.namespace)
        .filter(({ labels }) => selects(policy.spec.podSelector ?? {}, labels))
        .map(({ namespace, node }) => `${namespace} ${node} ${sayingOf(policy)}`),
    ),
  );
}

/** Whether another namespace than this one has what is said there. */
function isPlaceOfTwin(place: string, namespace: string, saying: string): boolean {
  return place.endsWith(` ${saying}`) && !place.startsWith(`${namespace} `);
}

/** Whether a Service of the cell has lost every pod that was behind it when policies last changed. */
function hasOtherBackends({ cell, seen, notes }: OnTheWire): boolean {
  const service = seen.services.find((each) => fullName(each) === cell.to);
  if (cell.path !== 'cluster-ip' || service === undefined) return false;
  return !seen.pods.some((pod) => isBehind(service, pod) && notes.has(`${cell.to} ${fullName(pod)}`));
}

/** Keeps in mind who is behind each Service whenever policies change. */
function noteBackends(actual: ClusterState, { actual: before, notes }: Memory): ClusterState {
  const changed = goneSince(before, actual).length + newSince(before, actual).length > 0;
  if (!changed && before.namespaces.length > 0) return actual;
  notes.clear();
  for (const service of actual.services) {
    for (const pod of actual.pods.filter((each) => isBehind(service, each))) {
      notes.add(`${fullName(service)} ${fullName(pod)}`);
    }
  }
  return actual;
}

/** Made-up ways in which something that goes takes along what others still need, or leaves behind what nobody does. */
export const DEPARTING_MUTANTS: readonly Fault[] = [
  takesAlong(
    'namespace-takes-like',
    'with a namespace go others of its labels from among peers',
    (each) => !isEmpty(each),
  ),
  takesAlong('namespace-takes-all', 'with a namespace go all others from peers of every namespace', isEmpty),
  {
    id: 'namespace-takes-like-late',
    what: 'a while after a namespace went, pods that were let in with it are cut off',
    sees: noteGone,
    wire: ({ outcome, seen, cell, notes, sinceMs }) => {
      const isolated = seen.policies.some(({ metadata }) => cell.to.startsWith(`${metadata.namespace}/`));
      return notes.size > 0 && isolated && sinceMs > 15_000 ? 'dropped' : outcome;
    },
  },
  {
    id: 'namespace-again-with-old-labels',
    what: 'a namespace that comes again has the labels of the old one',
    sees: (actual, { seen, notes }) => {
      for (const { name, labels } of seen.namespaces) notes.add(`${name} ${JSON.stringify(labels)}`);
      const there = new Set(seen.namespaces.map(({ name }) => name));
      const old = (name: string) => [...notes].findLast((note) => note.startsWith(`${name} `))?.slice(name.length + 1);
      return {
        ...actual,
        namespaces: actual.namespaces.map((space) =>
          there.has(space.name)
            ? space
            : { ...space, labels: { ...space.labels, ...JSON.parse(old(space.name) ?? '{}') } },
        ),
      };
    },
  },
  {
    id: 'twin-without-pods',
    what: 'a policy that has lost its last pod on a node takes an equal one of another namespace along there',
    sees: (actual, { actual: before, notes }) => {
      const earlier = places({ ...before, policies: actual.policies });
      const now = places(actual);
      for (const place of earlier) if (!now.has(place)) notes.add(place);
      for (const place of now) notes.delete(place);
      return actual;
    },
    reads: (_seen, notes) => ({
      isolates: (policy, query, semantics) => {
        const { node, namespace } = query.subject;
        const gone = [...notes].some((place) => isPlaceOfTwin(place, namespace, `${node} ${sayingOf(policy)}`));
        return soundIsolation(policy, query, semantics) && !gone;
      },
    }),
  },
  {
    id: 'backends-of-the-past',
    what: 'pods that are behind a Service since policies were applied are not let be reached through it',
    sees: noteBackends,
    wire: (attempt) => (hasOtherBackends(attempt) ? 'dropped' : attempt.outcome),
  },
  {
    id: 'backends-unjudged',
    what: 'pods that are behind a Service since policies were applied are reached through it whatever they say',
    sees: noteBackends,
    wire: (attempt) => (hasOtherBackends(attempt) ? 'open' : attempt.outcome),
  },
];

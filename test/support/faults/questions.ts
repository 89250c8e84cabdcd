import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../src/core/model/pod-name.ts';
import type { NetworkPolicy } from '../../../src/core/model/policy.ts';
import { blockHolds } from '../../../src/core/oracle/reference.ts';
import type { Query } from '../../../src/core/oracle/tier.ts';
import { type Rule, rulesOf } from './semantics.ts';

/** A policy's name with its namespace. */
export function keyOf({ metadata }: NetworkPolicy): string {
  return fullName(metadata);
}

/** The policy of that name in a state. */
export function sameIn({ policies }: ClusterState, policy: NetworkPolicy): NetworkPolicy | undefined {
  return policies.find((each) => keyOf(each) === keyOf(policy));
}

/** The policies that are in `before` and not in `now`. */
export function goneSince(before: ClusterState, now: ClusterState): readonly NetworkPolicy[] {
  return before.policies.filter((policy) => sameIn(now, policy) === undefined);
}

/** The policies that are in `now` and not in `before`. */
export function newSince(before: ClusterState, now: ClusterState): readonly NetworkPolicy[] {
  return goneSince(now, before);
}

/** Names of the pods that are in `now` and not in `before`; none where `before` is nothing yet. */
export function newPodsSince(before: ClusterState, now: ClusterState): readonly string[] {
  if (before.namespaces.length === 0) return [];
  const known = new Set(before.pods.map(fullName));
  return now.pods.map(fullName).filter((name) => !known.has(name));
}

/** Pods whose labels changed, as they were and as they are. */
export function relabelledSince(
  before: ClusterState,
  now: ClusterState,
): readonly (readonly [old: ClusterState['pods'][number], now: ClusterState['pods'][number]])[] {
  return now.pods.flatMap((pod) => {
    const old = before.pods.find((each) => fullName(each) === fullName(pod));
    return old === undefined || JSON.stringify(old.labels) === JSON.stringify(pod.labels) ? [] : [[old, pod] as const];
  });
}

/** Names of the namespaces that are in `now` and not in `before`; none where `before` is nothing yet. */
export function newNamespacesSince(before: ClusterState, now: ClusterState): readonly string[] {
  if (before.namespaces.length === 0) return [];
  const known = new Set(before.namespaces.map(({ name }) => name));
  return now.namespaces.map(({ name }) => name).filter((name) => !known.has(name));
}

/** Policies that a fault has noted as text. */
export function notedPolicies(notes: ReadonlySet<string>): readonly NetworkPolicy[] {
  return [...notes].filter((note) => note.startsWith('{')).map((note) => JSON.parse(note) as NetworkPolicy);
}

/** All rules of a policy, of both directions. */
export function allRules(policy: NetworkPolicy): readonly Rule[] {
  return [...rulesOf(policy, { direction: 'Ingress' }), ...rulesOf(policy, { direction: 'Egress' })];
}

/** The ranges of a rule's blocks. */
export function cidrsOf({ peers = [] }: Rule): readonly string[] {
  return peers.flatMap(({ ipBlock }) => ipBlock?.cidr ?? []);
}

/** Whether some rule of the policy has a block. */
export function hasBlocks(policy: NetworkPolicy): boolean {
  return allRules(policy).some((rule) => cidrsOf(rule).length > 0);
}

/** Whether two rules have a block of the same range. */
export function shareRange(a: Rule, b: Rule): boolean {
  return cidrsOf(a).some((cidr) => cidrsOf(b).includes(cidr));
}

/** Whether a rule excepts the other end of the query by one of its blocks. */
export function excepts({ peers = [] }: Rule, { address, unknownMatches }: Query): boolean {
  return peers.some(({ ipBlock }) =>
    (ipBlock?.except ?? []).some((cidr) => blockHolds({ cidr }, address, unknownMatches)),
  );
}

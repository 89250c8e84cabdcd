import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import { namespaceLabels } from '../../../src/core/model/namespace-labels.ts';
import type { NetworkPolicy, Peer, PolicyPort } from '../../../src/core/model/policy.ts';
import { policyTypesOf } from '../../../src/core/model/policy-types.ts';
import { selects } from '../../../src/core/model/selection.ts';
import type { LabelSelector, Labels } from '../../../src/core/model/selector.ts';
import { blockHolds, portAdmits } from '../../../src/core/oracle/reference.ts';
import type { Query, Tier } from '../../../src/core/oracle/tier.ts';

/** A rule, whatever its direction. */
export interface Rule {
  readonly peers?: readonly Peer[];
  readonly ports?: readonly PolicyPort[];
}

/** The parts of reading a policy, each of which a fault may replace. */
export interface Semantics {
  /** Whether labels meet a selector. */
  readonly selects: (selector: LabelSelector, labels: Labels) => boolean;
  /** Whether a policy isolates the pod that the query asks for. */
  readonly isolates: (policy: NetworkPolicy, query: Query, semantics: Semantics) => boolean;
  /** The rules of a policy for the query's direction. */
  readonly rules: (policy: NetworkPolicy, query: Query) => readonly Rule[];
  readonly ruleAdmits: (rule: Rule, policy: NetworkPolicy, query: Query, semantics: Semantics) => boolean;
  readonly peerAdmits: (peer: Peer, policy: NetworkPolicy, query: Query, semantics: Semantics) => boolean;
  readonly portAdmits: (port: PolicyPort, query: Query, policy: NetworkPolicy) => boolean;
  /** The verdict of all policies that isolate the pod: at least one of them. */
  readonly union: (policies: readonly NetworkPolicy[], query: Query, semantics: Semantics) => boolean;
  /** The verdict on a query, whatever the policies: undefined to ask them. */
  readonly before: (query: Query, semantics: Semantics) => boolean | undefined;
  readonly namespaceLabels: (namespace: string) => Labels;
}

/** The NetworkPolicy tier with some of its parts replaced. It decides every query, so that no sound tier is asked. */
export function faultyTier(state: ClusterState, replaced: Partial<Semantics>): Tier {
  const semantics: Semantics = { ...soundSemantics(state), ...replaced };
  return {
    name: 'NetworkPolicy',
    rule(query) {
      const early = semantics.before(query, semantics);
      if (early !== undefined) return early ? 'accept' : 'deny';
      const isolating = state.policies.filter((policy) => semantics.isolates(policy, query, semantics));
      return isolating.length === 0 || semantics.union(isolating, query, semantics) ? 'accept' : 'deny';
    },
  };
}

/** Reading policies as the API says. */
function soundSemantics(state: ClusterState): Semantics {
  return {
    selects,
    isolates: soundIsolation,
    rules: rulesOf,
    ruleAdmits: soundRule,
    peerAdmits: soundPeer,
    portAdmits,
    union: (policies, query, semantics) => policies.some((policy) => policyAdmits(policy, query, semantics)),
    before: () => undefined,
    namespaceLabels: (namespace) =>
      namespaceLabels(state.namespaces.find(({ name }) => name === namespace) ?? { name: namespace, labels: {} }),
  };
}

/** Whether a policy isolates the pod that the query asks for, as the API says. */
export function soundIsolation(
  { metadata, spec }: NetworkPolicy,
  { subject, direction }: Query,
  { selects }: Pick<Semantics, 'selects'>,
): boolean {
  return (
    metadata.namespace === subject.namespace &&
    policyTypesOf(spec).includes(direction) &&
    selects(spec.podSelector ?? {}, subject.labels)
  );
}

/** The rules of a policy in the query's direction. */
export function rulesOf({ spec }: NetworkPolicy, { direction }: Pick<Query, 'direction'>): readonly Rule[] {
  return direction === 'Ingress'
    ? (spec.ingress ?? []).map(({ from, ports }) => ruleOf(from, ports))
    : (spec.egress ?? []).map(({ to, ports }) => ruleOf(to, ports));
}

function ruleOf(peers: readonly Peer[] | undefined, ports: readonly PolicyPort[] | undefined): Rule {
  return { ...(peers && { peers }), ...(ports && { ports }) };
}

/** Whether one of the policy's rules admits what is asked. */
export function policyAdmits(policy: NetworkPolicy, query: Query, semantics: Semantics): boolean {
  return semantics.rules(policy, query).some((rule) => semantics.ruleAdmits(rule, policy, query, semantics));
}

/** Whether a rule admits what is asked, as the API says: one of its peers and one of its ports. */
export function soundRule(
  { peers = [], ports = [] }: Rule,
  policy: NetworkPolicy,
  query: Query,
  semantics: Semantics,
): boolean {
  return (
    (peers.length === 0 || peers.some((peer) => semantics.peerAdmits(peer, policy, query, semantics))) &&
    (ports.length === 0 || ports.some((port) => semantics.portAdmits(port, query, policy)))
  );
}

/** Whether a peer holds the other end, as the API says. */
export function soundPeer(peer: Peer, { metadata }: NetworkPolicy, query: Query, semantics: Semantics): boolean {
  if (peer.ipBlock !== undefined) return blockHolds(peer.ipBlock, query.address, query.unknownMatches);
  if (query.peer === undefined) return false;
  const { namespace, labels } = query.peer;
  const inNamespace =
    peer.namespaceSelector === undefined
      ? namespace === metadata.namespace
      : semantics.selects(peer.namespaceSelector, semantics.namespaceLabels(namespace));
  return inNamespace && semantics.selects(peer.podSelector ?? {}, labels);
}

import { cidrContains, parseCidr } from '../model/cidr.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import { namespaceLabels } from '../model/namespace-labels.ts';
import type { IpBlock, NetworkPolicy, Peer, PolicyPort } from '../model/policy.ts';
import { policyTypesOf } from '../model/policy-types.ts';
import { selects } from '../model/selection.ts';
import type { Labels } from '../model/selector.ts';
import type { Query, SeenAddress, Tier } from './tier.ts';

/**
 * The NetworkPolicy tier read off the API's text (networking.k8s.io/v1), line by line, with no thought of speed. It is
 * what the compiled tier is tested against; the quoted sentences are the API's own.
 */
export function referenceTier(state: ClusterState): Tier {
  const labelsOf = (namespace: string): Labels =>
    namespaceLabels(state.namespaces.find(({ name }) => name === namespace) ?? { name: namespace, labels: {} });

  return {
    name: 'NetworkPolicy',
    rule(query) {
      // "podSelector selects the pods to which this NetworkPolicy object applies", in the policy's own namespace.
      const selecting = state.policies.filter(
        ({ metadata, spec }) =>
          metadata.namespace === query.subject.namespace &&
          policyTypesOf(spec).includes(query.direction) &&
          selects(spec.podSelector ?? {}, query.subject.labels),
      );
      // "If no policies select a pod, it is not isolated."
      if (selecting.length === 0) return 'next';
      // "Traffic is allowed if it matches at least one rule across all of the policies that select the pod."
      return selecting.some((policy) => rulesAdmit(policy, query, labelsOf)) ? 'accept' : 'deny';
    },
  };
}

type LabelsOf = (namespace: string) => Labels;

function rulesAdmit({ metadata, spec }: NetworkPolicy, query: Query, labelsOf: LabelsOf): boolean {
  const rules =
    query.direction === 'Ingress'
      ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: from, ports }))
      : (spec.egress ?? []).map(({ to, ports }) => ({ peers: to, ports }));
  // "A rule matches traffic if and only if the traffic matches at least one item of ports AND one of from / to."
  return rules.some(
    ({ peers = [], ports = [] }) =>
      // "If this field is empty or missing, this rule matches all sources" (destinations).
      (peers.length === 0 || peers.some((peer) => peerAdmits(peer, metadata.namespace, query, labelsOf))) &&
      // "If this field is empty or missing, this rule matches all ports (traffic not restricted by port)."
      (ports.length === 0 || ports.some((port) => portAdmits(port, query))),
  );
}

/** Whether one item of `from` or `to`, of a policy in `policyNamespace`, matches the other end. */
function peerAdmits(peer: Peer, policyNamespace: string, query: Query, labelsOf: LabelsOf): boolean {
  // "If this field (ipBlock) is set then neither of the other fields can be."
  if (peer.ipBlock !== undefined) return blockHolds(peer.ipBlock, query.address, query.unknownMatches);
  if (query.peer === undefined) return false;
  const { namespace, labels } = query.peer;
  // "If podSelector is set and namespaceSelector is not: the pods matching podSelector in the policy's own namespace."
  const inNamespace =
    peer.namespaceSelector === undefined
      ? namespace === policyNamespace
      : selects(peer.namespaceSelector, labelsOf(namespace));
  // "If podSelector is not set: all pods in the namespaces selected by namespaceSelector."
  return inNamespace && selects(peer.podSelector ?? {}, labels);
}

/** Whether the block holds the address: inside `cidr` and outside every `except`. */
export function blockHolds({ cidr, except = [] }: IpBlock, address: SeenAddress, unknownMatches: boolean): boolean {
  const range = parseCidr(cidr);
  if (range === undefined || range.base.family !== address.family) return false;
  if (address.value === undefined) return (range.prefix === 0 && except.length === 0) || unknownMatches;
  const holds = (text: string) => {
    const inner = parseCidr(text);
    return inner !== undefined && cidrContains(inner, address);
  };
  return holds(cidr) && !except.some(holds);
}

/** Whether one item of `ports` matches the destination port. */
export function portAdmits({ protocol = 'TCP', port, endPort }: PolicyPort, query: Query): boolean {
  // "If not specified, this field (protocol) defaults to TCP."
  if (protocol !== query.protocol) return false;
  // "If this field (port) is not provided, this matches all port names and numbers."
  if (port === undefined) return true;
  // "The port can be a numerical or named port on a pod": the name is the destination pod's, for this protocol.
  if (typeof port === 'string') {
    if (query.destination?.portsUnknown) return query.unknownNames === true;
    const named = query.destination?.ports.filter((each) => each.name === port && each.protocol === protocol);
    return named?.some((each) => each.port === query.port) ?? false;
  }
  // "endPort indicates that the range of ports from port to endPort if set, inclusive, should be allowed."
  return query.port >= port && query.port <= (endPort ?? port);
}

import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../src/core/model/pod-name.ts';
import type { NetworkPolicy, PolicyType } from '../../../src/core/model/policy.ts';
import type { Protocol } from '../../../src/core/model/protocol.ts';
import type { Fault } from './fault.ts';
import { peersAs, policiesAs, portsAs, rulesAs, selectorsAs } from './policy-edits.ts';
import { policyAdmits, soundPeer } from './semantics.ts';

/** Faults that nobody could overlook, made up: one for what each scenario of the library asks. */
export const OBVIOUS = {
  nothingEnforced: fault('no policy is enforced', { sees: policiesAs(() => undefined) }),
  everythingDenied: fault('nothing gets through', { wire: () => 'dropped' }),
  noRulesAllow: fault('no rule is taken for one empty rule', {
    sees: rulesAs((rules) => (rules.length === 0 ? [{}] : rules)),
  }),
  emptyRuleDenies: fault('an empty rule is taken for none', {
    sees: rulesAs((rules) => rules.filter(({ peers, ports }) => peers !== undefined || ports !== undefined)),
  }),
  noEgress: fault('egress is not enforced', { reads: () => ({ before: only('Egress') }) }),
  noIngressBesideEgress: fault('a pod with a policy for egress is open to all', {
    reads: ({ policies }) => ({
      before: (query, semantics) =>
        query.direction === 'Ingress' &&
        policies.some((policy) => semantics.isolates(policy, { ...query, direction: 'Egress' }, semantics))
          ? true
          : undefined,
    }),
  }),
  anyPod: fault('whatever a pod selector of a peer asks, every pod meets it', {
    sees: peersAs((peers) => peers.map((peer) => (peer.podSelector ? { ...peer, podSelector: {} } : peer))),
  }),
  podsOfAnyNamespace: fault('a pod selector alone means pods of every namespace', {
    sees: peersAs((peers) => peers.map((peer) => (peer.podSelector ? { namespaceSelector: {}, ...peer } : peer))),
  }),
  anyNamespace: fault('whatever a namespace selector asks, every namespace meets it', {
    sees: peersAs((peers) => peers.map((peer) => (peer.namespaceSelector ? { ...peer, namespaceSelector: {} } : peer))),
  }),
  otherNamespacesOnly: fault('a namespace selector never means the own namespace', {
    reads: () => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) &&
        (peer.namespaceSelector === undefined || query.peer?.namespace !== policy.metadata.namespace),
    }),
  }),
  noExpressions: fault('matchExpressions are ignored', {
    sees: selectorsAs(({ matchExpressions: _, ...selector }) => selector),
  }),
  barePodsUnselected: fault('a pod without labels is selected by no policy', {
    reads: () => ({
      before: ({ subject }) => (Object.keys(subject.labels).length === 0 ? true : undefined),
    }),
  }),
  peersTogether: fault('all peers of a rule have to be met', {
    reads: () => ({
      ruleAdmits: ({ peers = [], ports = [] }, policy, query, semantics) =>
        peers.every((peer) => semantics.peerAdmits(peer, policy, query, semantics)) &&
        (ports.length === 0 || ports.some((port) => semantics.portAdmits(port, query, policy))),
    }),
  }),
  firstPeerOnly: fault('the first peer of a rule counts', { sees: peersAs((peers) => peers.slice(0, 1)) }),
  selectorsApart: fault('two selectors of a peer are taken for two peers', {
    sees: peersAs((peers) =>
      peers.flatMap(({ podSelector, namespaceSelector, ...rest }) =>
        podSelector && namespaceSelector
          ? [{ podSelector }, { namespaceSelector }]
          : [{ ...rest, ...(podSelector && { podSelector }), ...(namespaceSelector && { namespaceSelector }) }],
      ),
    ),
  }),
  portsWithoutPeers: fault('a rule with ports forgets its peers', {
    sees: rulesAs((rules) => rules.map(({ peers, ports }) => (ports ? { ports } : { ...(peers && { peers }) }))),
  }),
  anyPort: fault('the ports of a rule are ignored', { sees: portsAs(() => []) }),
  namedPortsAreAny: fault('a port by name is taken for every port', {
    sees: portsAs((ports) =>
      ports.map(({ port, ...rest }) =>
        typeof port === 'string' ? rest : { ...rest, ...(port !== undefined && { port }) },
      ),
    ),
  }),
  noRanges: fault('the end of a range is ignored', {
    sees: portsAs((ports) => ports.map(({ endPort: _, ...port }) => port)),
  }),
  anyProtocol: fault('the protocol of a rule is ignored', {
    sees: portsAs((ports) =>
      ports.flatMap((port) => (['TCP', 'UDP'] as const).map((protocol) => ({ ...port, protocol }))),
    ),
  }),
  sctpIsTcp: fault('SCTP in a rule is taken for TCP', {
    sees: portsAs((ports) =>
      ports.map((port) => (port.protocol === 'SCTP' ? { ...port, protocol: 'TCP' as const } : port)),
    ),
  }),
  sctpSkipped: fault('a policy with a rule for SCTP is skipped', {
    sees: policiesAs((policy) => (JSON.stringify(policy).includes('SCTP') ? undefined : policy)),
  }),
  udpUnfiltered: fault('UDP is not filtered', { reads: () => ({ before: unfiltered('UDP') }) }),
  sctpUnfiltered: fault('SCTP is not filtered', { reads: () => ({ before: unfiltered('SCTP') }) }),
  widerBlocks: fault('address ranges are widened', {
    sees: peersAs((peers) =>
      peers.map(({ ipBlock, ...rest }) =>
        ipBlock ? { ipBlock: { ...ipBlock, cidr: ipBlock.cidr.replace(/\/\d+$/, '/8') } } : rest,
      ),
    ),
  }),
  noExcept: fault('exceptions of address ranges are ignored', {
    sees: peersAs((peers) =>
      peers.map(({ ipBlock, ...rest }) => (ipBlock ? { ipBlock: { cidr: ipBlock.cidr } } : rest)),
    ),
  }),
  oldestPolicyOnly: fault('of the policies that isolate a pod the oldest counts', {
    reads: () => ({
      union: (policies, query, semantics) =>
        policies.slice(0, 1).some((policy) => policyAdmits(policy, query, semantics)),
    }),
  }),
  updatesMissed: fault('a policy stays as it was made', {
    sees: (state, { seen }) => ({ ...state, policies: state.policies.map((policy) => named(seen, policy) ?? policy) }),
  }),
  deletionsMissed: fault('a policy stays when it is deleted', {
    sees: (state, { seen }) => ({
      ...state,
      policies: [...state.policies, ...seen.policies.filter((policy) => named(state, policy) === undefined)],
    }),
  }),
  podLabelsMissed: fault('pods keep the labels that they had first', {
    sees: (state, { seen }) => ({
      ...state,
      pods: state.pods.map((pod) => seen.pods.find((each) => fullName(each) === fullName(pod)) ?? pod),
    }),
  }),
  namespaceLabelsMissed: fault('namespaces keep the labels that they had first', {
    sees: (state, { seen }) => ({
      ...state,
      namespaces: state.namespaces.map(
        (namespace) => seen.namespaces.find(({ name }) => name === namespace.name) ?? namespace,
      ),
    }),
  }),
} as const;

function fault(what: string, rest: Omit<Fault, 'id' | 'what'>): Fault {
  return { id: what, what, ...rest };
}

function only(direction: PolicyType) {
  return (query: { readonly direction: PolicyType }) => (query.direction === direction ? true : undefined);
}

function unfiltered(protocol: Protocol) {
  return (query: { readonly protocol: Protocol }) => (query.protocol === protocol ? true : undefined);
}

function named({ policies }: ClusterState, { metadata }: NetworkPolicy): NetworkPolicy | undefined {
  return policies.find((policy) => fullName(policy.metadata) === fullName(metadata));
}

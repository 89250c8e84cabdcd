import { cidrContains, parseCidr } from '../../../../src/core/model/cidr.ts';
import { labelOf, meets, selects } from '../../../../src/core/model/selection.ts';
import type { LabelSelector, Labels } from '../../../../src/core/model/selector.ts';
import { portAdmits } from '../../../../src/core/oracle/reference.ts';
import type { Fault } from '../fault.ts';
import { excepts } from '../questions.ts';
import { policyAdmits, type Semantics, soundPeer, soundRule } from '../semantics.ts';

const reading = (id: string, what: string, semantics: Partial<Semantics>): Fault => ({
  id,
  what,
  reads: () => semantics,
});

/** A selector read with another rule for its parts. */
const selecting = (id: string, what: string, rule: (selector: LabelSelector, labels: Labels) => boolean): Fault =>
  reading(id, what, { selects: rule });

const pairsOf = ({ matchLabels = {} }: LabelSelector): readonly (readonly [string, string])[] =>
  Object.entries(matchLabels);
const has = (labels: Labels, [key, value]: readonly [string, string]): boolean => labelOf(labels, key) === value;
const isName = (port: unknown): port is string => typeof port === 'string';

/** Made-up ways of reading policies wrongly. */
export const READING_MUTANTS: readonly Fault[] = [
  reading('first-policy', 'of the policies of a pod the first decides', {
    union: (policies, query, semantics) => policies.slice(0, 1).some((each) => policyAdmits(each, query, semantics)),
  }),
  reading('last-policy', 'of the policies of a pod the last decides', {
    union: (policies, query, semantics) => policies.slice(-1).some((each) => policyAdmits(each, query, semantics)),
  }),
  reading('all-policies', 'every policy of a pod has to allow', {
    union: (policies, query, semantics) => policies.every((each) => policyAdmits(each, query, semantics)),
  }),
  reading('empty-policy-wins', 'a policy without rules overrules the others', {
    union: (policies, query, semantics) =>
      policies.every((each) => semantics.rules(each, query).length > 0) &&
      policies.some((each) => policyAdmits(each, query, semantics)),
  }),
  reading('peers-and', 'every peer of a list has to match', {
    ruleAdmits: (rule, policy, query, semantics) =>
      soundRule(rule, policy, query, semantics) &&
      (rule.peers ?? []).every((peer) => semantics.peerAdmits(peer, policy, query, semantics)),
  }),
  reading('ports-and', 'every item of ports has to match', {
    ruleAdmits: (rule, policy, query, semantics) =>
      soundRule(rule, policy, query, semantics) &&
      (rule.ports ?? []).every((port) => semantics.portAdmits(port, query, policy)),
  }),
  reading('peers-or-ports', 'a rule admits by its peers or by its ports', {
    ruleAdmits: ({ peers = [], ports = [] }, policy, query, semantics) =>
      (peers.length === 0 && ports.length === 0) ||
      peers.some((peer) => semantics.peerAdmits(peer, policy, query, semantics)) ||
      ports.some((port) => semantics.portAdmits(port, query, policy)),
  }),
  reading('pod-or-namespace', 'a peer with both selectors means either', {
    peerAdmits: (peer, policy, query, semantics) => {
      const { podSelector, namespaceSelector } = peer;
      if (podSelector === undefined || namespaceSelector === undefined)
        return soundPeer(peer, policy, query, semantics);
      return [{ podSelector }, { namespaceSelector }].some((each) => soundPeer(each, policy, query, semantics));
    },
  }),
  reading('pods-by-name', 'pods of one name in different namespaces are one pod', {
    peerAdmits: (peer, policy, query, semantics) =>
      soundPeer(peer, policy, query, semantics) ||
      (query.peer !== undefined &&
        soundPeer(
          peer,
          policy,
          { ...query, peer: { ...query.peer, namespace: policy.metadata.namespace } },
          semantics,
        )),
  }),
  reading('peer-namespace-of-subject', 'labels of namespaces are those of the policy’s own', {
    peerAdmits: (peer, policy, query, semantics) =>
      soundPeer(peer, policy, query, {
        ...semantics,
        namespaceLabels: () => semantics.namespaceLabels(policy.metadata.namespace),
      }),
  }),
  reading('targets-everywhere', 'a policy isolates pods of every namespace', {
    isolates: (policy, query, semantics) =>
      (policy.spec.policyTypes ?? []).includes(query.direction) &&
      semantics.selects(policy.spec.podSelector ?? {}, query.subject.labels),
  }),
  reading('directions-swapped', 'rules of one direction are used for the other', {
    isolates: ({ metadata, spec }, { subject, direction }) =>
      metadata.namespace === subject.namespace &&
      (spec.policyTypes ?? []).includes(direction === 'Ingress' ? 'Egress' : 'Ingress') &&
      selects(spec.podSelector ?? {}, subject.labels),
  }),
  reading('metadata-name', 'the name label of namespaces is not known', { namespaceLabels: () => ({}) }),
  selecting(
    'notin-present',
    'NotIn asks for the key',
    (selector, labels) =>
      selects(selector, labels) &&
      (selector.matchExpressions ?? []).every(
        ({ key, operator }) => operator !== 'NotIn' || labelOf(labels, key) !== undefined,
      ),
  ),
  selecting(
    'exists-not-empty',
    'Exists asks for a value that is not empty',
    (selector, labels) =>
      selects(selector, labels) &&
      (selector.matchExpressions ?? []).every(({ key, operator }) => operator !== 'Exists' || labels[key] !== ''),
  ),
  selecting('empty-value-absent', 'a label without a value is no label', (selector, labels) =>
    selects(selector, Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== ''))),
  ),
  selecting('empty-value-any', 'an empty value stands for any', (selector, labels) => {
    const pairs = pairsOf(selector).filter(([, value]) => value !== '');
    const keys = pairsOf(selector).filter(([, value]) => value === '');
    return (
      selects({ ...selector, matchLabels: Object.fromEntries(pairs) }, labels) &&
      keys.every(([key]) => labelOf(labels, key) !== undefined)
    );
  }),
  selecting(
    'expressions-or',
    'one expression of several is enough',
    ({ matchLabels = {}, matchExpressions = [] }, labels) =>
      selects({ matchLabels }, labels) &&
      (matchExpressions.length === 0 || matchExpressions.some((each) => meets(each, labels))),
  ),
  selecting('labels-or-expressions', 'labels or expressions are enough', ({ matchLabels, matchExpressions }, labels) =>
    matchLabels === undefined || matchExpressions === undefined
      ? selects({ ...(matchLabels && { matchLabels }), ...(matchExpressions && { matchExpressions }) }, labels)
      : selects({ matchLabels }, labels) || selects({ matchExpressions }, labels),
  ),
  selecting('labels-or', 'one label of several is enough', (selector, labels) => {
    const pairs = pairsOf(selector);
    const rest = { matchExpressions: selector.matchExpressions ?? [] };
    return selects(rest, labels) && (pairs.length === 0 || pairs.some((pair) => has(labels, pair)));
  }),
  selecting('first-label', 'of several labels the first counts', (selector, labels) =>
    selects({ ...selector, matchLabels: Object.fromEntries(pairsOf(selector).slice(0, 1)) }, labels),
  ),
  selecting('expressions-shadow-labels', 'expressions replace labels', ({ matchLabels, matchExpressions }, labels) =>
    selects(matchExpressions ? { matchExpressions } : { matchLabels: matchLabels ?? {} }, labels),
  ),
  selecting('case-blind', 'letters of labels are compared without their case', (selector, labels) =>
    selects(lower(selector), Object.fromEntries(Object.entries(labels).map(([k, v]) => [k, v.toLowerCase()]))),
  ),
  selecting('key-without-prefix', 'the prefix of a key is ignored', (selector, labels) =>
    selects(
      JSON.parse(JSON.stringify(selector).replaceAll(/"[\w.-]+\//g, '"')) as LabelSelector,
      Object.fromEntries(Object.entries(labels).map(([key, value]) => [key.replace(/^.*\//, ''), value])),
    ),
  ),
  selecting(
    'value-prefix',
    'a value that begins alike is the same',
    (selector, labels) =>
      pairsOf(selector).every(([key, value]) => labelOf(labels, key)?.startsWith(value) === true) &&
      selects({ matchExpressions: selector.matchExpressions ?? [] }, labels),
  ),
  reading('no-default-protocol', 'without a protocol every protocol is meant', {
    portAdmits: (port, query) => portAdmits({ protocol: query.protocol, ...port }, query),
  }),
  reading('protocol-ignored', 'protocols are ignored', {
    portAdmits: (port, query) => portAdmits({ ...port, protocol: query.protocol }, query),
  }),
  reading('port-ignored', 'numbers of ports are ignored', {
    portAdmits: ({ protocol = 'TCP' }, query) => protocol === query.protocol,
  }),
  reading('end-port-exclusive', 'the end of a range is outside of it', {
    portAdmits: (port, query) =>
      portAdmits(port, query) &&
      !(port.endPort !== undefined && port.endPort === query.port && port.endPort !== port.port),
  }),
  reading('end-port-beyond', 'a range ends one port later', {
    portAdmits: (port, query) =>
      portAdmits(port.endPort === undefined ? port : { ...port, endPort: port.endPort + 1 }, query),
  }),
  reading('range-begins-late', 'the begin of a range is outside of it', {
    portAdmits: (port, query) =>
      portAdmits(port, query) &&
      !(port.endPort !== undefined && port.port === query.port && port.endPort !== port.port),
  }),
  reading('range-ends-only', 'of a range its two ends are open', {
    portAdmits: (port, query) =>
      portAdmits(port, query) && (port.endPort === undefined || [port.port, port.endPort].includes(query.port)),
  }),
  reading('name-any-protocol', 'a name stands for its number in whatever protocol the pod has it', {
    portAdmits: (port, query) =>
      portAdmits(port, query) ||
      (isName(port.port) &&
        (port.protocol ?? 'TCP') === query.protocol &&
        (query.destination?.ports ?? []).some((each) => each.name === port.port && each.port === query.port)),
  }),
  reading('name-of-subject', 'a name is that of the pod under the policy', {
    portAdmits: (port, query) => portAdmits(port, { ...query, destination: query.subject }),
  }),
  reading('name-is-first-port', 'a name stands for the first port of the pod', {
    portAdmits: (port, query) =>
      isName(port.port)
        ? query.destination?.ports[0]?.port === query.port && (port.protocol ?? 'TCP') === query.protocol
        : portAdmits(port, query),
  }),
  reading('unknown-name-any', 'a name that the pod has not is every port', {
    portAdmits: (port, query) =>
      portAdmits(port, query) ||
      (isName(port.port) &&
        (port.protocol ?? 'TCP') === query.protocol &&
        !(query.destination?.ports ?? []).some(({ name }) => name === port.port)),
  }),
  reading('except-of-any-policy', 'what one policy excepts, every policy of the namespace does', {
    union: (policies, query, semantics) =>
      policies.some((each) => policyAdmits(each, query, semantics)) &&
      !policies.some((each) => semantics.rules(each, query).some((rule) => excepts(rule, query))),
  }),
  reading('blocks-of-octets', 'the length of a range is rounded to whole bytes', {
    peerAdmits: (peer, policy, query, semantics) => {
      const range = peer.ipBlock && parseCidr(peer.ipBlock.cidr);
      if (range === undefined || query.address.value === undefined) return soundPeer(peer, policy, query, semantics);
      const rounded = { ...range, prefix: Math.floor(range.prefix / 8) * 8 };
      const bits = BigInt(32 - rounded.prefix);
      return (
        cidrContains(
          { ...rounded, base: { ...range.base, value: (range.base.value >> bits) << bits } },
          query.address,
        ) && !excepts({ peers: [peer] }, query)
      );
    },
  }),
  reading('blocks-not-for-pods-of-own-namespace', 'a block holds no pod of the policy’s own namespace', {
    peerAdmits: (peer, policy, query, semantics) =>
      soundPeer(peer, policy, query, semantics) &&
      !(peer.ipBlock !== undefined && query.peer?.namespace === policy.metadata.namespace),
  }),
];

function lower(selector: LabelSelector): LabelSelector {
  return JSON.parse(
    JSON.stringify(selector, (key, value: unknown) =>
      typeof value === 'string' && key !== 'operator' && key !== 'key' ? value.toLowerCase() : value,
    ),
  ) as LabelSelector;
}

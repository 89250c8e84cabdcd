import * as fc from 'fast-check';
import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import type { Namespace } from '../../../src/core/model/namespace.ts';
import type { ContainerPort, Pod } from '../../../src/core/model/pod.ts';
import type {
  EgressRule,
  IngressRule,
  IpBlock,
  NetworkPolicy,
  Peer,
  PolicyPort,
} from '../../../src/core/model/policy.ts';
import type { Protocol } from '../../../src/core/model/protocol.ts';
import type { LabelSelector, LabelSelectorRequirement, Labels } from '../../../src/core/model/selector.ts';
import type { Connection, End } from '../../../src/core/oracle/connection.ts';

const NAMESPACES = ['x', 'y', 'z'] as const;
/** Most of everything is in one namespace, so that pods and policies meet. */
const home = fc.constantFrom<(typeof NAMESPACES)[number]>('x', 'x', 'x', 'y', 'z');
const KEYS = ['app', 'tier', 'env'] as const;
const VALUES = ['a', 'b', 'c', ''] as const;
const PORTS = [53, 80, 81, 443] as const;
const PORT_NAMES = ['web', 'dns', 'app'] as const;
/** Ports that pods and policies share, so that names meet: one name for several numbers and protocols, and the reverse. */
const SHARED_PORTS = [
  { name: 'web', port: 80, protocol: 'TCP' },
  { name: 'web', port: 81, protocol: 'TCP' },
  { name: 'web', port: 53, protocol: 'UDP' },
  { name: 'dns', port: 53, protocol: 'UDP' },
  { name: 'app', port: 443, protocol: 'SCTP' },
  { name: 'app', port: 80, protocol: 'TCP' },
] as const;
const NODES = ['n1', 'n2'] as const;

const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

const protocol: fc.Arbitrary<Protocol> = fc.constantFrom('TCP', 'UDP', 'SCTP');
const labels: fc.Arbitrary<Labels> = fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), {
  maxKeys: 3,
});

const requirement: fc.Arbitrary<LabelSelectorRequirement> = fc.oneof(
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: fc.array(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({ key: fc.constantFrom(...KEYS), operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
);

const selectorParts: fc.Arbitrary<LabelSelector> = fc.record(
  {
    matchLabels: fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES), { maxKeys: 2 }),
    matchExpressions: fc.array(requirement, { maxLength: 2 }),
  },
  { requiredKeys: [] },
);
const selector: fc.Arbitrary<LabelSelector> = fc.oneof(fc.constant({}), selectorParts);

const NAME = 'kubernetes.io/metadata.name';
const namespaceSelector: fc.Arbitrary<LabelSelector> = fc.oneof(
  selector,
  fc.constantFrom(...NAMESPACES).map((name) => ({ matchLabels: { [NAME]: name } })),
  fc.constantFrom(...NAMESPACES).map((name) => ({
    matchExpressions: [{ key: NAME, operator: 'NotIn' as const, values: [name] }],
  })),
);

/** Blocks of policies: nested, overlapping, with excepts, of both families. */
export const BLOCKS: readonly IpBlock[] = [
  { cidr: '0.0.0.0/0' },
  { cidr: '::/0' },
  { cidr: '10.244.0.0/16', except: ['10.244.1.0/24'] },
  { cidr: '10.244.1.0/24', except: ['10.244.1.0/26', '10.244.1.2/31', '10.244.1.3/32'] },
  { cidr: '10.244.0.77/16' },
  { cidr: '10.244.1.2/32' },
  { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '10.244.0.0/16', '192.0.2.0/25'] },
  { cidr: '192.0.2.0/24', except: ['192.0.2.128/25'] },
  { cidr: '0.0.0.0/1' },
  { cidr: '128.0.0.0/1' },
  { cidr: 'fd00::/8', except: ['fd00:1::/32'] },
  { cidr: 'fd00:1::/112' },
];

const block = fc.constantFrom(...BLOCKS).map((ipBlock) => ({ ipBlock }));

const peer: fc.Arbitrary<Peer> = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector }),
  fc.record({ podSelector: selector, namespaceSelector }),
  block,
);

const policyPort: fc.Arbitrary<PolicyPort> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...SHARED_PORTS).map(({ name, protocol: own }) => ({ protocol: own, port: name })),
  },
  fc.record({ protocol, port: fc.constantFrom<number | string>(...PORTS, ...PORT_NAMES) }, { requiredKeys: [] }),
  {
    weight: 3,
    arbitrary: fc
      .record({ protocol: optional(protocol), port: fc.constantFrom(...PORTS), size: fc.constantFrom(0, 1, 28, 400) })
      .map(({ protocol: own, port, size }) => ({ ...(own && { protocol: own }), port, endPort: port + size })),
  },
);

const lists = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 3 });
const ingressRule: fc.Arbitrary<IngressRule> = fc.record(
  { from: lists(peer), ports: lists(policyPort) },
  { requiredKeys: [] },
);
const egressRule: fc.Arbitrary<EgressRule> = fc.record(
  { to: lists(peer), ports: lists(policyPort) },
  { requiredKeys: [] },
);

/** One rule about one thing, for all pods of the namespace: whatever is read wrongly there turns a verdict. */
const pointed: fc.Arbitrary<NetworkPolicy['spec']> = fc
  .record({
    rule: fc.oneof(
      fc.record({ ports: fc.array(policyPort, { minLength: 1, maxLength: 2 }) }),
      fc.record({ peers: fc.array(block, { minLength: 1, maxLength: 2 }) }),
    ),
    direction: fc.constantFrom('Ingress' as const, 'Egress' as const),
  })
  .map(({ rule, direction }) => {
    const ports = 'ports' in rule && { ports: rule.ports };
    return direction === 'Ingress'
      ? { policyTypes: [direction], ingress: [{ ...('peers' in rule && { from: rule.peers }), ...ports }] }
      : { policyTypes: [direction], egress: [{ ...('peers' in rule && { to: rule.peers }), ...ports }] };
  });

const anyShape: fc.Arbitrary<NetworkPolicy['spec']> = fc.record(
  {
    podSelector: selector,
    policyTypes: fc.subarray(['Ingress', 'Egress'] as const),
    ingress: lists(ingressRule),
    egress: lists(egressRule),
  },
  { requiredKeys: [] },
);

const spec = fc.oneof(pointed, anyShape);

/** Policies of all shapes that the API server takes; absent, empty and `{}` among them. */
export const policies: fc.Arbitrary<readonly NetworkPolicy[]> = fc
  .array(fc.record({ namespace: home, spec }), { maxLength: 6 })
  .map((items) => items.map(({ namespace, spec: own }, i) => ({ metadata: { name: `p${i}`, namespace }, spec: own })));

const containerPort: fc.Arbitrary<ContainerPort> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...SHARED_PORTS) },
  fc
    .record({ name: optional(fc.constantFrom(...PORT_NAMES)), port: fc.constantFrom(...PORTS), protocol })
    .map(({ name, ...rest }) => ({ ...(name !== undefined && { name }), ...rest })),
);

interface PodKinds {
  /** Pods on the host's network, finished ones, ones without address or node: what makes verdicts open. */
  readonly odd: boolean;
}

const pod = (i: number, { odd }: PodKinds): fc.Arbitrary<Pod> =>
  fc
    .record({
      namespace: home,
      labels,
      ports: fc.array(containerPort, { minLength: 1, maxLength: 4, size: 'max' }),
      node: odd ? optional(fc.constantFrom(...NODES)) : fc.constantFrom(...NODES),
      families: odd ? fc.constantFrom('4', '6', '46', '64', '') : fc.constantFrom('4', '4', '46'),
      kind: odd ? fc.constantFrom('', '', '', 'host', 'finished') : fc.constant(''),
      third: fc.nat(2),
    })
    .map(({ namespace, labels: own, ports, node, families, kind, third }) => ({
      namespace,
      name: `p${i}`,
      labels: own,
      ports,
      ips: [...families].map((family) => (family === '4' ? `10.244.${third}.${i}` : `fd00:${third}::${i}`)),
      ...(node !== undefined && { node }),
      ...(kind === 'host' && { hostNetwork: true }),
      ...(kind === 'finished' && { finished: true }),
    }));

const namespaces: fc.Arbitrary<readonly Namespace[]> = fc
  .tuple(labels, labels, labels)
  .map((all) => all.map((own, i) => ({ name: NAMESPACES[i] ?? '', labels: own })));

/** Cluster states of up to seven pods; with `odd`, pods that Kubernetes leaves choices for. */
export function clusters(kinds: PodKinds): fc.Arbitrary<ClusterState> {
  return fc.integer({ min: 1, max: 7 }).chain((count) =>
    fc.record({
      namespaces,
      pods: fc.tuple(...Array.from({ length: count }, (_, i) => pod(i, kinds))),
      services: fc.constant([]),
      policies,
    }),
  );
}

const OUTSIDE: readonly End[] = [
  { address: '192.0.2.7' },
  { address: '192.0.2.200' },
  { address: '10.244.1.2' },
  { address: 'fd00:1::99' },
  { address: undefined },
  { address: '172.18.0.2', node: 'n1' },
  { address: undefined, node: 'n2' },
];

/** Every connection between the ends of a state, on a few ports: the matrix of a small cluster. */
export function connectionsOf(state: ClusterState, odd = true): readonly Connection[] {
  const pods: readonly End[] = state.pods.map((each) => ({ pod: each }));
  const ends = odd ? [...pods, ...OUTSIDE] : pods;
  const ports = [
    { port: 80, protocol: 'TCP' },
    { port: 81, protocol: 'TCP' },
    { port: 53, protocol: 'UDP' },
    { port: 443, protocol: 'SCTP' },
  ] as const;
  return ends.flatMap((from) => ends.flatMap((to) => ports.map((each) => ({ from, to, ...each }))));
}

import type { Protocol } from '../../../../src/core/model/protocol.ts';
import type { Labels } from '../../../../src/core/model/selector.ts';

/** What one state of a case must come to: the denied pairs on a port; all others are allowed. */
interface Probe {
  readonly policies: readonly (readonly [namespace: string, spec: string])[];
  readonly port: number;
  readonly protocol?: Protocol;
  readonly deny?: readonly string[];
  readonly except?: readonly string[];
  readonly podLabels?: Readonly<Record<string, Labels>>;
  readonly namespaceLabels?: Readonly<Record<string, Labels>>;
}

/** A case of Kubernetes' own netpol tests (v1.37, test/e2e/network/netpol), by its facts. */
interface UpstreamCase {
  readonly number: number;
  readonly title: string;
  readonly pods: string;
  readonly probes: readonly Probe[];
}

const NS = (name: string) => `namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "${name}"}}`;
const NS_IS = (operator: string, ...names: string[]) =>
  `namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: ${operator}, values: [${names.map((n) => `"${n}"`).join(', ')}]}]}`;
const POD = (name: string) => `podSelector: {matchLabels: {pod: ${name}}}`;
const PODS = (...names: string[]) =>
  `podSelector: {matchExpressions: [{key: pod, operator: In, values: [${names.join(', ')}]}]}`;
const A = POD('a');
const ALL = 'podSelector: {}';
const into = (target: string, ...rules: string[]) =>
  `{${target}, policyTypes: [Ingress], ingress: [${rules.join(', ')}]}`;
const outOf = (target: string, ...rules: string[]) =>
  `{${target}, policyTypes: [Egress], egress: [${rules.join(', ')}]}`;
const from = (...peers: string[]) => `{from: [${peers.map((peer) => `{${peer}}`).join(', ')}]}`;
const to = (...peers: string[]) => `{to: [${peers.map((peer) => `{${peer}}`).join(', ')}]}`;
const ports = (port: string) => `{ports: [{${port}}]}`;
const x = (spec: string) => ['x', spec] as const;
const y = (spec: string) => ['y', spec] as const;

const DENY_IN = x(into(ALL));
const FROM_Y_BOTH = x(into(A, from(`${NS('y')}, ${A}`)));

/** Addresses by place: pods(names) gives the i-th pod 10.244.(i mod 3).(i + 10). */
export const UPSTREAM: readonly UpstreamCase[] = [
  {
    number: 1,
    title: 'default-deny-ingress',
    pods: 'x/a x/b y/a y/b',
    probes: [{ policies: [DENY_IN], port: 80, deny: ['*->x/*'] }],
  },
  {
    number: 2,
    title: 'default-deny-all',
    pods: 'x/a x/b y/a',
    probes: [
      {
        policies: [x(`{${ALL}, policyTypes: [Ingress, Egress], ingress: [], egress: []}`)],
        port: 80,
        deny: ['*->x/*', 'x/*->*'],
      },
    ],
  },
  {
    number: 3,
    title: 'pods in the server namespace by podSelector',
    pods: 'x/a x/b x/c y/a',
    probes: [{ policies: [x(into(A, from(POD('b'))))], port: 80, deny: ['*->x/a'], except: ['x/b->x/a'] }],
  },
  {
    number: 4,
    title: 'a target opened beside a default deny',
    pods: 'x/a x/b y/a',
    probes: [{ policies: [DENY_IN, x(into(A, from(`namespaceSelector: {}, ${ALL}`)))], port: 80, deny: ['*->x/b'] }],
  },
  {
    number: 5,
    title: 'all namespaces',
    pods: 'x/a x/b y/a z/a',
    probes: [{ policies: [x(into(A, from('namespaceSelector: {}')))], port: 80 }],
  },
  {
    number: 6,
    title: 'only a different namespace by namespaceSelector',
    pods: 'x/a x/b y/a z/a',
    probes: [{ policies: [x(into(A, from(NS('y'))))], port: 80, deny: ['x/*->x/a', 'z/*->x/a'] }],
  },
  {
    number: 7,
    title: 'podSelector with matchExpressions',
    pods: 'x/a x/b y/a',
    probes: [{ policies: [x(into(A, from(PODS('b'))))], port: 80, deny: ['*->x/a'], except: ['x/b->x/a'] }],
  },
  {
    number: 8,
    title: 'namespaceSelector with matchExpressions',
    pods: 'x/a x/b y/a z/a',
    probes: [{ policies: [x(into(A, from(NS_IS('In', 'y'))))], port: 80, deny: ['x/*->x/a', 'z/*->x/a'] }],
  },
  {
    number: 9,
    title: 'podSelector or namespaceSelector',
    pods: 'x/a x/b x/c y/a',
    probes: [{ policies: [x(into(A, from(NS_IS('NotIn', 'x'), POD('b'))))], port: 80, deny: ['x/c->x/a'] }],
  },
  {
    number: 10,
    title: 'podSelector and namespaceSelector',
    pods: 'x/a x/b y/a y/b z/b',
    probes: [
      {
        policies: [x(into(A, from(`${NS_IS('NotIn', 'x')}, ${POD('b')}`)))],
        port: 80,
        deny: ['*->x/a'],
        except: ['y/b->x/a', 'z/b->x/a'],
      },
    ],
  },
  {
    number: 11,
    title: 'several pods and namespaces',
    pods: 'x/a x/b y/a y/b y/c',
    probes: [
      {
        policies: [x(into(A, from(`${NS_IS('NotIn', 'x')}, ${PODS('b', 'c')}`)))],
        port: 80,
        deny: ['x/*->x/a', 'y/a->x/a'],
      },
    ],
  },
  {
    number: 12,
    title: 'any of two podSelectors',
    pods: 'x/a x/b x/c',
    probes: [{ policies: [x(into(A, from(POD('b'), POD('c'))))], port: 80 }],
  },
  {
    number: 13,
    title: 'a pod of another namespace by both selectors',
    pods: 'x/a x/b y/a y/b z/a',
    probes: [{ policies: [FROM_Y_BOTH], port: 80, deny: ['*->x/a'], except: ['y/a->x/a'] }],
  },
  {
    number: 14,
    title: 'by port',
    pods: 'x/a x/b y/a y/b z/a',
    probes: [
      {
        policies: [x(into(A, `{from: [{${NS('y')}}], ports: [{port: 81}]}`))],
        port: 81,
        deny: ['x/*->x/a', 'z/*->x/a'],
      },
    ],
  },
  {
    number: 15,
    title: 'stacked policies',
    pods: 'x/a x/b y/a y/b z/a',
    probes: [
      {
        policies: [x(into(A, `{from: [{${NS('y')}}], ports: [{port: 81}]}`))],
        port: 81,
        deny: ['x/*->x/a', 'z/*->x/a'],
      },
      { policies: [x(into(A, `{from: [{${NS('y')}}], ports: [{port: 81}]}`))], port: 80, deny: ['*->x/a'] },
      {
        policies: [
          x(into(A, `{from: [{${NS('y')}}], ports: [{port: 81}]}`)),
          x(into(A, `{from: [{${NS('y')}}], ports: [{port: 80}]}`)),
        ],
        port: 80,
        deny: ['x/*->x/a', 'z/*->x/a'],
      },
    ],
  },
  {
    number: 16,
    title: 'allow-all',
    pods: 'x/a x/b y/a',
    probes: [
      { policies: [x(into(ALL, '{}'))], port: 80 },
      { policies: [x(into(ALL, '{}'))], port: 81 },
    ],
  },
  {
    number: 17,
    title: 'ingress on a named port',
    pods: 'x/a x/b y/a',
    probes: [
      { policies: [x(into(ALL, ports('port: serve-81-tcp')))], port: 81 },
      { policies: [x(into(ALL, ports('port: serve-81-tcp')))], port: 80, deny: ['*->x/*'] },
    ],
  },
  {
    number: 18,
    title: 'ingress from a namespace on a named port',
    pods: 'x/a x/b y/a z/a',
    probes: [
      {
        policies: [x(into(A, `{from: [{${NS('y')}}], ports: [{port: serve-80-tcp}]}`))],
        port: 80,
        deny: ['x/*->x/a', 'z/*->x/a'],
      },
      { policies: [x(into(A, `{from: [{${NS('y')}}], ports: [{port: serve-80-tcp}]}`))], port: 81, deny: ['*->x/a'] },
    ],
  },
  {
    number: 19,
    title: 'egress on a named port',
    pods: 'x/a y/a',
    probes: [
      { policies: [x(outOf(ALL, ports('port: serve-80-tcp')))], port: 80 },
      { policies: [x(outOf(ALL, ports('port: serve-80-tcp')))], port: 81, deny: ['x/*->*'] },
    ],
  },
  {
    number: 20,
    title: 'a named port that nobody has',
    pods: 'x/a y/a',
    probes: [{ policies: [x(into(A, ports('port: no-such-port')))], port: 80, deny: ['*->x/a'] }],
  },
  {
    number: 21,
    title: 'an updated policy',
    pods: 'x/a y/a',
    probes: [
      { policies: [x(into(ALL, '{}'))], port: 81 },
      { policies: [x(into(ALL))], port: 81, deny: ['*->x/*'] },
    ],
  },
  {
    number: 22,
    title: 'an updated namespace',
    pods: 'x/a y/a',
    probes: [
      { policies: [x(into(A, from('namespaceSelector: {matchLabels: {ns2: updated}}')))], port: 80, deny: ['*->x/a'] },
      {
        policies: [x(into(A, from('namespaceSelector: {matchLabels: {ns2: updated}}')))],
        port: 80,
        namespaceLabels: { y: { ns2: 'updated' } },
      },
    ],
  },
  {
    number: 23,
    title: 'an updated pod',
    pods: 'x/a x/b',
    probes: [
      {
        policies: [x(into(A, from('podSelector: {matchLabels: {pod: b, pod2: updated}}')))],
        port: 80,
        deny: ['*->x/a'],
      },
      {
        policies: [x(into(A, from('podSelector: {matchLabels: {pod: b, pod2: updated}}')))],
        port: 80,
        podLabels: { 'x/b': { pod2: 'updated' } },
      },
    ],
  },
  {
    number: 24,
    title: 'other namespaces closed',
    pods: 'x/a x/b y/a z/a',
    probes: [{ policies: [x(into(ALL, from(ALL)))], port: 80, deny: ['y/*->x/*', 'z/*->x/*'] }],
  },
  {
    number: 25,
    title: 'an updated target',
    pods: 'x/a y/a',
    probes: [
      { policies: [x(into('podSelector: {matchLabels: {target: isolated}}'))], port: 80 },
      {
        policies: [x(into('podSelector: {matchLabels: {target: isolated}}'))],
        port: 80,
        podLabels: { 'x/a': { target: 'isolated' } },
        deny: ['*->x/a'],
      },
    ],
  },
  {
    number: 26,
    title: 'egress closed by podSelector',
    pods: 'x/a x/b y/a',
    probes: [{ policies: [x(outOf(A))], port: 80, deny: ['x/a->*'] }],
  },
  {
    number: 27,
    title: 'egress closed for the namespace',
    pods: 'x/a x/b y/a',
    probes: [{ policies: [x(outOf(ALL))], port: 80, deny: ['x/*->*'] }],
  },
  {
    number: 28,
    title: 'ingress and egress together',
    pods: 'x/a x/b x/c y/a',
    probes: [
      {
        policies: [x(into(A, from(POD('b')))), x(outOf(A, ports('port: 80')))],
        port: 80,
        deny: ['*->x/a'],
        except: ['x/b->x/a'],
      },
      {
        policies: [x(into(A, from(POD('b')))), x(outOf(A, ports('port: 80')))],
        port: 81,
        deny: ['*->x/a', 'x/a->*'],
        except: ['x/b->x/a'],
      },
    ],
  },
  {
    number: 29,
    title: 'egress closed at the client although the server lets it in',
    pods: 'x/a y/a y/b',
    probes: [
      {
        policies: [
          x(outOf(A, to(`${NS('y')}, ${A}`))),
          y(into(A, from(`${NS('x')}, ${A}`))),
          y(into(POD('b'), from(`${NS('x')}, ${A}`))),
        ],
        port: 80,
        deny: ['*->y/b', '*->y/a'],
        except: ['x/a->y/a'],
      },
    ],
  },
  {
    number: 30,
    title: 'egress to a server by both selectors',
    pods: 'x/a y/a y/b',
    probes: [{ policies: [x(outOf(A, to(`${NS('y')}, ${A}`)))], port: 80, deny: ['x/a->*'], except: ['x/a->y/a'] }],
  },
  {
    number: 31,
    title: 'a protocol without a port',
    pods: 'x/a y/a',
    probes: [
      { policies: [x(into(A, ports('protocol: TCP')))], port: 80 },
      { policies: [x(into(A, ports('protocol: TCP')))], port: 80, protocol: 'UDP', deny: ['*->x/a'] },
    ],
  },
  {
    number: 32,
    title: 'several ingress policies, allow-all wins',
    pods: 'x/a y/a',
    probes: [
      { policies: [x(into(ALL, ports('port: 80')))], port: 81, deny: ['*->x/*'] },
      { policies: [x(into(ALL, ports('port: 80'))), x(into(ALL, '{}'))], port: 81 },
    ],
  },
  {
    number: 33,
    title: 'several egress policies, allow-all wins',
    pods: 'x/a y/a',
    probes: [
      { policies: [x(outOf(ALL, ports('port: 80')))], port: 81, deny: ['x/*->*'] },
      { policies: [x(outOf(ALL, ports('port: 80'))), x(outOf(ALL, '{}'))], port: 81 },
    ],
  },
  {
    number: 34,
    title: 'a deleted policy',
    pods: 'x/a y/a',
    probes: [
      { policies: [x(`{${ALL}, policyTypes: [Ingress, Egress]}`)], port: 80, deny: ['*->x/*', 'x/*->*'] },
      { policies: [], port: 80 },
    ],
  },
  {
    number: 35,
    title: 'egress to a CIDR',
    pods: 'x/a y/a y/b',
    probes: [
      {
        policies: [x(outOf(A, to('ipBlock: {cidr: 10.244.2.12/32}')))],
        port: 80,
        deny: ['x/a->*'],
        except: ['x/a->y/b'],
      },
    ],
  },
  {
    number: 36,
    title: 'except',
    pods: 'x/a x/b x/c',
    probes: [
      {
        policies: [x(outOf(A, to('ipBlock: {cidr: 0.0.0.0/4, except: [10.244.1.11/32]}')))],
        port: 80,
        deny: ['x/a->x/b'],
      },
    ],
  },
  {
    number: 37,
    title: 'an address in one block and excepted by the other, one policy after the other',
    pods: 'x/a x/b x/c',
    probes: [
      {
        policies: [x(outOf(A, to('ipBlock: {cidr: 0.0.0.0/4, except: [10.244.1.11/32]}')))],
        port: 80,
        deny: ['x/a->x/b'],
      },
      {
        policies: [x(outOf(A, to('ipBlock: {cidr: 10.244.1.11/32}')))],
        port: 80,
        deny: ['x/a->*'],
        except: ['x/a->x/b'],
      },
    ],
  },
  {
    number: 38,
    title: 'ingress and egress are independent',
    pods: 'x/a x/b y/a',
    probes: [
      { policies: [x(outOf(A, '{}'))], port: 80 },
      { policies: [x(outOf(A, '{}')), x(into(A))], port: 80, deny: ['*->x/a'] },
    ],
  },
  {
    number: 39,
    title: 'SCTP is not TCP',
    pods: 'x/a y/a',
    probes: [{ policies: [DENY_IN, x(into(A, ports('port: 81, protocol: SCTP')))], port: 81, deny: ['*->x/*'] }],
  },
  {
    number: 40,
    title: 'an SCTP-only policy isolates',
    pods: 'x/a y/a',
    probes: [{ policies: [x(into(A, ports('port: 80, protocol: SCTP')))], port: 81, deny: ['*->x/a'] }],
  },
  {
    number: 41,
    title: 'no TCP where only UDP is allowed',
    pods: 'x/a y/a',
    probes: [{ policies: [x(into(A, ports('port: 81, protocol: UDP')))], port: 81, deny: ['*->x/a'] }],
  },
  {
    number: 42,
    title: 'the default namespace label, matchLabels',
    pods: 'x/a x/b y/a z/a',
    probes: [{ policies: [x(into(A, from(NS('y'))))], port: 80, deny: ['x/*->x/a', 'z/*->x/a'] }],
  },
  {
    number: 43,
    title: 'the default namespace label, matchExpressions',
    pods: 'x/a x/b y/a z/a',
    probes: [{ policies: [x(outOf(A, to(NS_IS('NotIn', 'y'))))], port: 80, deny: ['x/a->y/*'] }],
  },
  ...(['UDP', 'SCTP'] as const).flatMap((protocol, i): UpstreamCase[] => [
    {
      number: 44 + 3 * i,
      title: `default-deny-ingress, ${protocol}`,
      pods: 'x/a x/b y/a y/b',
      probes: [{ policies: [DENY_IN], port: 80, protocol, deny: ['*->x/*'] }],
    },
    {
      number: 45 + 3 * i,
      title: `by port, ${protocol}`,
      pods: 'x/a x/b y/a z/a',
      probes: [
        {
          policies: [x(into(A, `{from: [{${NS('y')}}], ports: [{port: 81, protocol: ${protocol}}]}`))],
          port: 81,
          protocol,
          deny: ['x/*->x/a', 'z/*->x/a'],
        },
      ],
    },
    {
      number: 46 + 3 * i,
      title: `a pod of another namespace, ${protocol}`,
      pods: 'x/a y/a y/b',
      probes: [{ policies: [FROM_Y_BOTH], port: 80, protocol, deny: ['*->x/a'], except: ['y/a->x/a'] }],
    },
  ]),
];

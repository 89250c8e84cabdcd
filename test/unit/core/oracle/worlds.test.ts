import { expect } from 'chai';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { Connection, End } from '../../../../src/core/oracle/connection.ts';
import { type World, type WorldOptions, worldsOf } from '../../../../src/core/oracle/world.ts';

const podEnd = (name: string, more: Partial<Pod> = {}): End => ({
  pod: { namespace: 'x', name, labels: {}, ports: [], ips: ['10.244.0.1'], ...more },
});
const ORDINARY = podEnd('a', { node: 'n1' });
const OTHER = podEnd('b', { node: 'n2', ips: ['10.244.0.2'] });
const ON_HOST = podEnd('h', { node: 'n2', ips: ['172.18.0.2'], hostNetwork: true });
const OUTSIDE: End = { address: '192.0.2.1' };
const node = (name: string): End => ({ address: '172.18.0.1', node: name });

const PLAIN: World = {
  hostNetwork: 'pod',
  sameNode: false,
  toOwnNode: 'allowed',
  family: 'IPv4',
  unknownMatches: false,
  unknownNames: false,
  ipBlockSees: 'real',
};

/** For each field that is not as in `PLAIN`, every value that it has; all combinations are meant. */
type Choices = { readonly [K in keyof World]?: readonly World[K][] };

const combined = (choices: Choices): readonly World[] =>
  Object.entries(choices).reduce<readonly World[]>(
    (worlds, [key, values]) => worlds.flatMap((world) => values.map((value) => ({ ...world, [key]: value }))),
    [PLAIN],
  );

const HOST = { hostNetwork: ['node', 'pod'] } as const;
const OWN_NODE = { toOwnNode: ['allowed', 'policy'] } as const;
const UNKNOWN_NODE = { sameNode: [false, true] } as const;
const UNKNOWN_ADDRESS = { unknownMatches: [false, true] } as const;
const DIALLED = { dialled: { address: '10.96.0.1' } } as const;
const SEES = { ipBlockSees: ['real', 'dialled'] } as const;

type Row = readonly [
  title: string,
  connection: Pick<Connection, 'from' | 'to' | 'dialled' | 'family'>,
  choices: Choices,
  chosen?: WorldOptions,
];
const ROWS: readonly Row[] = [
  ['two ordinary pods with one address each', { from: ORDINARY, to: OTHER }, {}],
  ['two ordinary pods on one node', { from: ORDINARY, to: podEnd('c', { node: 'n1' }) }, {}],
  ['an ordinary pod and an address outside', { from: ORDINARY, to: OUTSIDE }, {}],
  ['an address outside and an ordinary pod', { from: OUTSIDE, to: ORDINARY }, {}],
  ["a pod on the host's network as source", { from: ON_HOST, to: ORDINARY }, { ...HOST, ...OWN_NODE }],
  ["a pod on the host's network as destination", { from: ORDINARY, to: ON_HOST }, { ...HOST, ...OWN_NODE }],
  [
    "two pods on the hosts' networks",
    { from: podEnd('i', { node: 'n1', hostNetwork: true }), to: ON_HOST },
    { ...HOST, ...OWN_NODE },
  ],
  [
    "a pod on the host's network and a pod on its node",
    { from: ON_HOST, to: podEnd('c', { node: 'n2' }) },
    { ...HOST, ...OWN_NODE, sameNode: [true] },
  ],
  [
    "a pod on the host's network and a pod whose node is not known",
    { from: ON_HOST, to: podEnd('c') },
    { ...HOST, ...OWN_NODE, ...UNKNOWN_NODE },
  ],
  [
    "an address outside, which is on no node, and a pod on the host's network",
    { from: OUTSIDE, to: podEnd('c', { hostNetwork: true }) },
    { ...HOST, ...OWN_NODE },
  ],
  ['a pod and its node', { from: ORDINARY, to: node('n1') }, { ...OWN_NODE, sameNode: [true] }],
  ['a pod and another node', { from: ORDINARY, to: node('n2') }, OWN_NODE],
  ['a node and a pod whose node is not known', { from: node('n1'), to: podEnd('c') }, { ...OWN_NODE, ...UNKNOWN_NODE }],
  ['a source without a known address', { from: podEnd('c', { ips: [] }), to: OTHER }, UNKNOWN_ADDRESS],
  ['a destination without a known address', { from: ORDINARY, to: podEnd('c', { ips: [] }) }, UNKNOWN_ADDRESS],
  [
    'two ends without a known address',
    { from: podEnd('c', { ips: [] }), to: podEnd('d', { ips: [] }), family: 'IPv4' },
    UNKNOWN_ADDRESS,
  ],
  ['another address that is dialled', { from: ORDINARY, to: OTHER, ...DIALLED }, SEES],
  [
    'another address that is dialled and not known',
    { from: ORDINARY, to: OTHER, dialled: { address: undefined } },
    { ...SEES, ...UNKNOWN_ADDRESS },
  ],
  [
    'a destination whose ports are not known',
    { from: ORDINARY, to: podEnd('c', { portsUnknown: true }) },
    { unknownNames: [false, true] },
  ],
  ['a source whose ports are not known', { from: podEnd('c', { portsUnknown: true }), to: OTHER }, {}],
  [
    'ends with addresses of both families',
    { from: podEnd('c', { ips: ['10.244.0.1', 'fd00::1'] }), to: podEnd('d', { ips: ['fd00::2', '10.244.0.2'] }) },
    { family: ['IPv4', 'IPv6'] },
  ],
  [
    "a pod on the host's network where the plugin is known to take it for the node",
    { from: ORDINARY, to: ON_HOST },
    { ...OWN_NODE, hostNetwork: ['node'] },
    { hostNetwork: 'node' },
  ],
  [
    'a pod and its node where the plugin is known to ask policy',
    { from: ORDINARY, to: node('n1') },
    { sameNode: [true], toOwnNode: ['policy'] },
    { toOwnNode: 'policy' },
  ],
  [
    'another address that is dialled where the plugin is known to see it',
    { from: ORDINARY, to: OTHER, ...DIALLED },
    { ipBlockSees: ['dialled'] },
    { ipBlockSees: 'dialled' },
  ],
  [
    'two ordinary pods, whatever is known of the plugin',
    { from: ORDINARY, to: OTHER },
    {},
    { hostNetwork: 'node', toOwnNode: 'policy', ipBlockSees: 'dialled' },
  ],
];

describe('the choices that matter to a connection', () => {
  for (const [title, ends, choices, chosen] of ROWS) {
    const left = Object.entries(choices).map(([key, values]) => `${key} ${values.join('|')}`);
    it(`of ${title}: ${left.join(', ') || 'none'}`, () => {
      const connection: Connection = { ...ends, port: 80, protocol: 'TCP' };
      expect(worldsOf(connection, chosen)).to.have.deep.members(combined(choices));
    });
  }
});

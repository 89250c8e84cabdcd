import { expect } from 'chai';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { Protocol } from '../../../../src/core/model/protocol.ts';
import type { Labels } from '../../../../src/core/model/selector.ts';
import type { End } from '../../../../src/core/oracle/connection.ts';
import { explain } from '../../../../src/core/oracle/explain.ts';
import { compile, type OracleOptions } from '../../../../src/core/oracle/oracle.ts';
import type { Tier } from '../../../../src/core/oracle/tier.ts';
import { cluster, policy } from '../../../support/oracle/cluster.ts';
import { referenceOracle } from '../../../support/oracle/reference-oracle.ts';

const server = (more: Partial<Pod> = {}): Pod => ({
  namespace: 'y',
  name: 'server',
  labels: { app: 'web' },
  ports: [],
  ips: ['10.0.1.2'],
  node: 'n1',
  ...more,
});
const client = (more: Partial<Pod> = {}): Pod => ({
  namespace: 'x',
  name: 'client',
  labels: { app: 'client' },
  ports: [],
  ips: ['10.0.2.3'],
  node: 'n2',
  ...more,
});

interface Asked {
  readonly from?: Partial<Pod> | { readonly address: string | undefined; readonly node?: string };
  readonly to?: Partial<Pod> | { readonly address: string | undefined; readonly node?: string };
  readonly port?: number;
  readonly protocol?: Protocol;
  readonly namespaces?: Readonly<Record<string, Labels>>;
  readonly options?: OracleOptions;
}

const isAddress = (end: object): end is { address: string | undefined } => 'address' in end;

/** The verdict of client to server under policies given as `namespace: spec`. */
function ask(
  specs: readonly string[],
  { from = {}, to = {}, port = 80, protocol = 'TCP', namespaces = {}, options = {} }: Asked = {},
) {
  const policies = specs.map((text) => policy(text.slice(0, 1), text.slice(2)));
  const source: End = isAddress(from) ? from : { pod: client(from) };
  const destination: End = isAddress(to) ? to : { pod: server(to) };
  const pods = [source, destination].flatMap((end) => ('pod' in end ? [end.pod] : []));
  const state = cluster(pods, policies, namespaces);
  const oracle = compile(state, options);
  const connection = { from: source, to: destination, port, protocol };
  const { verdict, openQuestions } = explain(oracle, connection);
  if (options.before === undefined && options.after === undefined) {
    expect(referenceOracle(state, options)(connection).verdict).to.equal(verdict);
  }
  return verdict === 'undefined' ? openQuestions.join('; ') : verdict;
}

/** A table of specs of one policy in y, each with its verdict for client to server. */
function table(rows: Readonly<Record<string, string>>, asked: Asked = {}): void {
  for (const [spec, expected] of Object.entries(rows)) {
    it(`${spec} -> ${expected}`, () => expect(ask([`y ${spec}`], asked)).to.equal(expected));
  }
}

describe('absent, empty and {}', () => {
  table({
    '{}': 'denied',
    '{ingress: []}': 'denied',
    '{ingress: [{}]}': 'allowed',
    '{ingress: [{from: []}]}': 'allowed',
    '{ingress: [{ports: []}]}': 'allowed',
    '{ingress: [{from: [], ports: [{port: 81}]}]}': 'denied',
    '{policyTypes: [], ingress: []}': 'denied',
    '{policyTypes: [Egress]}': 'allowed',
    '{policyTypes: [Egress], ingress: []}': 'allowed',
    '{egress: [{}]}': 'denied',
    '{policyTypes: [Ingress], egress: []}': 'denied',
    '{podSelector: {matchLabels: {}}}': 'denied',
    '{podSelector: {matchExpressions: []}}': 'denied',
    '{podSelector: {matchLabels: {app: other}}}': 'allowed',
  });

  const egress = (spec: string) => ask([`x ${spec}`]);
  it('an absent policyTypes isolates egress only if there is an egress rule', () => {
    expect(egress('{egress: []}')).to.equal('allowed');
    expect(egress('{egress: [{ports: [{port: 81}]}]}')).to.equal('denied');
    expect(egress('{egress: [{}]}')).to.equal('allowed');
    expect(egress('{policyTypes: [Egress], egress: []}')).to.equal('denied');
    expect(egress('{policyTypes: [Egress]}')).to.equal('denied');
    expect(egress('{policyTypes: [Egress], egress: [{to: []}]}')).to.equal('allowed');
  });
});

describe('selectors', () => {
  const from = (selector: string) => `{ingress: [{from: [{namespaceSelector: {}, podSelector: ${selector}}]}]}`;
  const rows: Record<string, string> = {
    '{matchLabels: {app: client}}': 'allowed',
    '{matchLabels: {app: client, tier: a}}': 'denied',
    '{matchLabels: {tier: ""}}': 'denied',
    '{matchExpressions: [{key: app, operator: In, values: [a, client]}]}': 'allowed',
    '{matchExpressions: [{key: app, operator: In, values: [other]}]}': 'denied',
    '{matchExpressions: [{key: tier, operator: In, values: [a]}]}': 'denied',
    '{matchExpressions: [{key: app, operator: NotIn, values: [other]}]}': 'allowed',
    '{matchExpressions: [{key: app, operator: NotIn, values: [client]}]}': 'denied',
    '{matchExpressions: [{key: tier, operator: NotIn, values: [a]}]}': 'allowed',
    '{matchExpressions: [{key: app, operator: Exists}]}': 'allowed',
    '{matchExpressions: [{key: tier, operator: Exists}]}': 'denied',
    '{matchExpressions: [{key: tier, operator: DoesNotExist}]}': 'allowed',
    '{matchExpressions: [{key: app, operator: DoesNotExist}]}': 'denied',
    '{matchExpressions: [{key: app, operator: Exists}, {key: tier, operator: Exists}]}': 'denied',
    '{matchLabels: {app: client}, matchExpressions: [{key: app, operator: NotIn, values: [client]}]}': 'denied',
    '{matchExpressions: [{key: constructor, operator: Exists}]}': 'denied',
  };
  for (const [selector, expected] of Object.entries(rows)) {
    it(`${selector} -> ${expected}`, () => expect(ask([`y ${from(selector)}`])).to.equal(expected));
  }
});

describe('peers', () => {
  table({
    '{ingress: [{from: [{podSelector: {}}]}]}': 'denied',
    '{ingress: [{from: [{podSelector: {matchLabels: {app: client}}}]}]}': 'denied',
    '{ingress: [{from: [{namespaceSelector: {}}]}]}': 'allowed',
    '{ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: x}}}]}]}': 'allowed',
    '{ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: x}}, podSelector: {matchLabels: {app: web}}}]}]}':
      'denied',
    '{ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: x}}}, {podSelector: {matchLabels: {app: web}}}]}]}':
      'allowed',
    '{ingress: [{from: [{ipBlock: {cidr: 10.0.2.0/24}}]}]}': 'allowed',
    '{ingress: [{from: [{ipBlock: {cidr: 10.0.2.0/24, except: [10.0.2.3/32]}}]}]}': 'denied',
    '{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/16, 10.0.2.0/24]}}]}]}': 'denied',
    '{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.2.0/24]}}, {ipBlock: {cidr: 10.0.2.2/31}}]}]}':
      'allowed',
    '{ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}]}': 'allowed',
    '{ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}': 'denied',
    '{ingress: [{from: [{ipBlock: {cidr: 10.0.2.4/30}}]}]}': 'denied',
    '{ingress: [{from: [{ipBlock: {cidr: 10.0.2.0/30}}]}]}': 'allowed',
  });

  it('a block with bits beyond its prefix means its range', () => {
    const withHostBits = {
      ...policy('y', '{}'),
      spec: { ingress: [{ from: [{ ipBlock: { cidr: '10.0.2.200/24' } }] }] },
    };
    const oracle = compile(cluster([client(), server()], [withHostBits]));
    expect(
      oracle.decide({ from: { pod: client() }, to: { pod: server() }, port: 80, protocol: 'TCP' }).verdict,
    ).to.equal('allowed');
  });

  it('of the other family do not match; a dual-stack pod has an address of each', () => {
    const block = ['y {ingress: [{from: [{ipBlock: {cidr: "fd00::/8"}}]}]}'];
    const dual = { ips: ['10.0.2.3', 'fd00::3'] };
    expect(ask(block, { from: dual })).to.equal('denied');
    expect(ask(block, { from: { ips: ['fd00::3'] }, to: { ips: ['fd00::2'] } })).to.equal('allowed');
    expect(ask(block, { from: dual, to: { ips: ['fd00::2'] } })).to.equal('allowed');
  });
});

describe('namespaces', () => {
  const byTeam = 'y {ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]}';

  it('are selected by their labels', () => {
    expect(ask([byTeam], { namespaces: { x: { team: 'a' } } })).to.equal('allowed');
    expect(ask([byTeam], { namespaces: { x: { team: 'b' }, y: { team: 'a' } } })).to.equal('denied');
    expect(ask([byTeam])).to.equal('denied');
  });

  it("are the policy's own for a podSelector alone", () => {
    const web = 'y {ingress: [{from: [{podSelector: {matchLabels: {app: client}}}]}]}';
    expect(ask([web], { from: { namespace: 'y' } })).to.equal('allowed');
    expect(ask([web], { from: { namespace: 'x' } })).to.equal('denied');
  });

  it('that the state does not list have their name as label all the same', () => {
    const byName = policy(
      'y',
      '{ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: x}}}]}]}',
    );
    const state = { ...cluster([client(), server()], [byName]), namespaces: [] };
    const connection = { from: { pod: client() }, to: { pod: server() }, port: 80, protocol: 'TCP' } as const;
    expect(compile(state).decide(connection).verdict).to.equal('allowed');
    expect(referenceOracle(state)(connection).verdict).to.equal('allowed');
  });
});

describe('ports', () => {
  const ports = [
    { name: 'web', port: 80, protocol: 'TCP' },
    { name: 'web', port: 80, protocol: 'UDP' },
    { name: 'alt', port: 8080, protocol: 'TCP' },
  ] as const;
  const rows: readonly (readonly [item: string, port: number, protocol: Protocol, expected: string])[] = [
    ['{port: 80}', 80, 'TCP', 'allowed'],
    ['{port: 80}', 80, 'UDP', 'denied'],
    ['{port: 80, protocol: UDP}', 80, 'UDP', 'allowed'],
    ['{protocol: UDP}', 9, 'UDP', 'allowed'],
    ['{protocol: UDP}', 9, 'TCP', 'denied'],
    ['{}', 9, 'TCP', 'allowed'],
    ['{}', 9, 'SCTP', 'denied'],
    ['{port: web}', 80, 'TCP', 'allowed'],
    ['{port: web}', 80, 'UDP', 'denied'],
    ['{port: web, protocol: UDP}', 80, 'UDP', 'allowed'],
    ['{port: web}', 8080, 'TCP', 'denied'],
    ['{port: alt}', 8080, 'TCP', 'allowed'],
    ['{port: alt, protocol: UDP}', 8080, 'UDP', 'denied'],
    ['{port: nobody}', 80, 'TCP', 'denied'],
    ['{port: 80, endPort: 80}', 80, 'TCP', 'allowed'],
    ['{port: 80, endPort: 80}', 81, 'TCP', 'denied'],
    ['{port: 79, endPort: 81}', 81, 'TCP', 'allowed'],
    ['{port: 79, endPort: 81}', 79, 'TCP', 'allowed'],
    ['{port: 79, endPort: 81}', 78, 'TCP', 'denied'],
    ['{port: 79, endPort: 81}', 82, 'TCP', 'denied'],
    ['{port: 1}, {port: 80}, {port: 80}', 80, 'TCP', 'allowed'],
  ];
  for (const [item, port, protocol, expected] of rows) {
    it(`${item} for ${port}/${protocol} -> ${expected}`, () => {
      expect(ask([`y {ingress: [{ports: [${item}]}]}`], { to: { ports }, port, protocol })).to.equal(expected);
    });
  }

  it("a name in an egress rule is the destination pod's", () => {
    const rule = ['x {policyTypes: [Egress], egress: [{ports: [{port: web}]}]}'];
    expect(ask(rule, { to: { ports } })).to.equal('allowed');
    expect(ask(rule, { from: { ports } })).to.equal('denied');
    expect(ask(rule, { to: { address: '192.0.2.1' } })).to.equal('denied');
  });

  it('of every protocol are admitted by a rule without ports', () => {
    for (const protocol of ['UDP', 'SCTP'] as const)
      expect(ask(['y {ingress: [{}]}'], { protocol })).to.equal('allowed');
  });

  it('peer and port of one rule belong together', () => {
    const apart =
      '{ingress: [{from: [{namespaceSelector: {}}], ports: [{port: 81}]}, {from: [{podSelector: {}}], ports: [{port: 80}]}]}';
    expect(ask([`y ${apart}`])).to.equal('denied');
  });
});

describe('several policies', () => {
  it('add up', () => {
    expect(ask(['y {}', 'y {ingress: [{ports: [{port: 80}]}]}'])).to.equal('allowed');
    expect(ask(['y {ingress: [{ports: [{port: 81}]}]}', 'y {ingress: [{ports: [{port: 82}]}]}'])).to.equal('denied');
  });

  it('in another namespace have no say', () => expect(ask(['z {}', 'x {}'])).to.equal('allowed'));

  it('at both ends must agree', () => {
    expect(ask(['x {policyTypes: [Egress]}', 'y {ingress: [{}]}'])).to.equal('denied');
    expect(ask(['x {policyTypes: [Egress], egress: [{}]}', 'y {}'])).to.equal('denied');
    expect(ask(['x {policyTypes: [Egress], egress: [{}]}', 'y {ingress: [{}]}'])).to.equal('allowed');
  });
});

describe('what Kubernetes leaves open', () => {
  const HOST = "whether the plugin tells pods on the host's network from their node";
  const SAME = 'whether both ends are on one node';
  const OWN = "whether the plugin lets a pod's traffic to its own node through in spite of policy";
  const UNKNOWN = 'an address that is not known, which an ipBlock may hold';

  it("traffic of a pod's own node always comes in, that of another one does not", () => {
    expect(ask(['y {}'], { from: { address: '172.18.0.2', node: 'n1' } })).to.equal('allowed');
    expect(ask(['y {}'], { from: { address: '172.18.0.3', node: 'n2' } })).to.equal('denied');
    expect(ask(['y {}'], { from: { address: '172.18.0.2' } })).to.equal('denied');
    expect(
      ask(['y {}'], { from: { address: '172.18.0.2', node: 'n1' }, to: { ips: ['10.0.1.2'], node: 'n9' } }),
    ).to.equal('denied');
  });

  it('a pod whose node is not known may be on the node', () => {
    const { node: _, ...homeless } = server();
    const oracle = compile(cluster([homeless], [policy('y', '{}')]));
    const connection = {
      from: { address: '172.18.0.2', node: 'n1' },
      to: { pod: homeless },
      port: 80,
      protocol: 'TCP',
    } as const;
    expect(explain(oracle, connection).openQuestions).to.deep.equal([SAME]);
  });

  it("a pod's traffic to its own node is left open where policy would stop it", () => {
    const asked = { to: { address: '172.18.0.2', node: 'n2' } };
    expect(ask(['x {policyTypes: [Egress]}'], asked)).to.equal(OWN);
    expect(ask([], asked)).to.equal('allowed');
    expect(ask(['x {policyTypes: [Egress]}'], { ...asked, options: { toOwnNode: 'policy' } })).to.equal('denied');
    expect(ask(['x {policyTypes: [Egress]}'], { ...asked, options: { toOwnNode: 'allowed' } })).to.equal('allowed');
  });

  it("pods on the host's network", () => {
    const from = { hostNetwork: true, ips: ['172.18.0.3'] };
    const byLabel = 'y {ingress: [{from: [{namespaceSelector: {}}]}]}';
    const byBlock = 'y {ingress: [{from: [{ipBlock: {cidr: 172.18.0.0/16}}]}]}';
    expect(ask([byLabel], { from })).to.equal(HOST);
    expect(ask([byBlock], { from })).to.equal('allowed');
    expect(ask(['y {}'], { from })).to.equal('denied');
    expect(ask(['y {}'], { from: { ...from, node: 'n1' } })).to.equal(HOST);
    expect(ask(['y {}'], { to: { hostNetwork: true } })).to.equal(HOST);
    expect(ask([byLabel], { from, options: { hostNetwork: 'pod' } })).to.equal('allowed');
    expect(ask([byLabel], { from, options: { hostNetwork: 'node' } })).to.equal('denied');
  });

  it('addresses that are not known', () => {
    const block = (cidr: string) => [`y {ingress: [{from: [{ipBlock: {cidr: "${cidr}"}}]}]}`];
    expect(ask(block('10.0.0.0/8'), { from: { ips: [] } })).to.equal(UNKNOWN);
    expect(ask(block('0.0.0.0/0'), { from: { ips: [] } })).to.equal('allowed');
    expect(ask(block('::/0'), { from: { ips: [] } })).to.equal('denied');
    expect(
      ask(['y {ingress: [{from: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]}'], { from: { ips: [] } }),
    ).to.equal(UNKNOWN);
    expect(ask(['y {}'], { from: { ips: [] } })).to.equal('denied');
    expect(ask([], { from: { address: undefined } })).to.equal('allowed');
  });

  it('which family is used, where both ends have both', () => {
    const both = (last: number) => ({ ips: [`10.0.9.${last}`, `fd00::${last}`] });
    const v4 = ['y {ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}'];
    const ends = { from: both(1), to: both(2) };
    expect(ask(v4, ends)).to.equal('which address family is used (ask with --family)');
    expect(ask(v4, { from: both(1) })).to.equal('allowed');
    expect(ask(v4, { from: both(1), to: { ips: ['fd00::2'] } })).to.equal('denied');
    expect(ask(v4, { from: { ips: ['10.0.9.1'] }, to: { ips: ['fd00::2'] } })).to.equal(
      'a translation between address families: the ends have no address family in common',
    );
    expect(ask(v4, { from: { address: 'fd00::1' }, to: { ips: ['10.0.9.2'] } })).to.match(
      /no address family in common$/,
    );
    expect(ask(v4, { from: { address: undefined }, to: { ips: ['fd00::2'] } })).to.equal('denied');
    expect(ask(['y {ingress: [{}]}'], ends)).to.equal('allowed');
    expect(ask(['y {ingress: [{from: [{ipBlock: {cidr: "::/0"}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]}'], ends)).to.equal(
      'allowed',
    );
  });

  it('which family a cluster has, while it shows no address', () => {
    const nowhere = { from: { ips: [] }, to: { ips: [] } };
    const all = (cidr: string) => [`y {ingress: [{from: [{ipBlock: {cidr: "${cidr}"}}]}]}`];
    expect(ask(all('::/0'), nowhere)).to.equal('which address family is used (ask with --family)');
    expect(ask(all('0.0.0.0/0'), nowhere)).to.equal('which address family is used (ask with --family)');
    expect(ask(all('0.0.0.0/0'), { ...nowhere, options: { families: ['IPv4'] } })).to.equal('allowed');
    expect(ask(all('::/0'), { ...nowhere, options: { families: ['IPv4'] } })).to.equal('denied');
  });

  it('names of ports that are not known', () => {
    const named = ['y {ingress: [{ports: [{port: web}]}]}'];
    const to = { ports: [], portsUnknown: true };
    expect(ask(named, { to })).to.equal('the ports of a pod that are not known, which a rule names');
    expect(ask(named, { to, protocol: 'UDP' })).to.equal('denied');
    expect(ask(named, { to: { ports: [] } })).to.equal('denied');
    expect(ask(['y {ingress: [{ports: [{port: 80}]}]}'], { to })).to.equal('allowed');
  });

  it('finished pods have no address', () => {
    const unaddressed = 'a pod that has no address: it has finished, or not begun';
    expect(ask([], { to: { finished: true } })).to.equal(unaddressed);
    expect(ask([], { to: { pending: true } })).to.equal(unaddressed);
  });
});

describe('tiers', () => {
  const tier = (name: string, ruling: 'accept' | 'deny' | 'next'): Tier => ({
    name,
    rule: ({ direction }) => (direction === 'Ingress' ? ruling : 'next'),
  });

  it('are asked in order, and the first that decides counts', () => {
    const admin = (ruling: 'accept' | 'deny' | 'next') => ({ options: { before: [tier('admin', ruling)] } });
    expect(ask(['y {}'], admin('accept'))).to.equal('allowed');
    expect(ask(['y {ingress: [{}]}'], admin('deny'))).to.equal('denied');
    expect(ask(['y {}'], admin('next'))).to.equal('denied');
  });

  it('after NetworkPolicy decide only for pods that it does not isolate', () => {
    const after = { options: { after: [tier('baseline', 'deny')] } };
    expect(ask([], after)).to.equal('denied');
    expect(ask(['y {ingress: [{}]}'], after)).to.equal('allowed');
  });

  it('are named in the decision', () => {
    const oracle = compile(cluster([client(), server()], []), { after: [tier('baseline', 'deny')] });
    const decision = oracle.decide({ from: { pod: client() }, to: { pod: server() }, port: 80, protocol: 'TCP' });
    expect(decision).to.deep.equal({
      verdict: 'denied',
      egress: { verdict: 'allowed', decidedBy: 'default' },
      ingress: { verdict: 'denied', decidedBy: 'baseline' },
    });
  });
});

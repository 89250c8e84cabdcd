import { expect } from 'chai';
import type { Pod } from '../../../../src/core/model/pod.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { IpFamily } from '../../../../src/core/model/protocol.ts';
import type { Verdict } from '../../../../src/core/oracle/decision.ts';
import { compile, type OracleOptions } from '../../../../src/core/oracle/oracle.ts';
import { reachability } from '../../../../src/core/oracle/reachability.ts';
import { cluster, policy } from '../../../support/oracle/cluster.ts';

const PORT = { port: 80, protocol: 'TCP' } as const;
const pod = (full: string, ips: string, more: Partial<Pod> = {}): Pod => {
  const [namespace = '', name = ''] = full.split('/');
  return { namespace, name, labels: { pod: name }, ports: [], ips: ips === '' ? [] : ips.split(' '), ...more };
};

interface Asked {
  readonly pods: readonly Pod[];
  readonly policies?: readonly NetworkPolicy[];
  readonly family?: IpFamily;
  readonly options?: OracleOptions;
}

const matrixOf = ({ pods, policies = [], family, options }: Asked) =>
  reachability(compile(cluster(pods, policies), options), [PORT], family);
const named = (pods: readonly Pod[], which: (place: number) => boolean) =>
  pods
    .filter((_, place) => which(place))
    .map(fullName)
    .join(' ');

/** Which pods have this verdict to a pod. */
const having = (verdict: Verdict, to: number, asked: Asked) => {
  const matrix = matrixOf(asked);
  return named(asked.pods, (from) => matrix.verdict(from, to, 0) === verdict);
};
const allowed = (to: number, asked: Asked) => having('allowed', to, asked);
const open = (to: number, asked: Asked) => having('undefined', to, asked);
/** What `sources` says. */
const sources = (to: number, asked: Asked) => {
  const set = matrixOf(asked).sources(to, 0);
  return named(asked.pods, (from) => set.has(from));
};

const FROM_PODS = policy('x', '{ingress: [{from: [{namespaceSelector: {}}]}]}');
const FROM_BLOCK = (cidr: string) => policy('x', `{ingress: [{from: [{ipBlock: {cidr: "${cidr}"}}]}]}`);

describe('the reachability of pods', () => {
  const ordinary = [pod('x/a', '10.0.0.1'), pod('x/b', '10.0.0.2'), pod('y/c', '10.0.1.3')];
  const unaddressed = pod('y/new', '');

  it('counts pods without an address among the sources where no block asks for one', () => {
    const asked = { pods: [...ordinary, unaddressed], policies: [FROM_PODS] };
    expect(sources(0, asked)).to.equal('x/a x/b y/c y/new');
    expect(sources(3, asked)).to.equal('x/a x/b y/c y/new');
    expect(sources(0, { ...asked, family: 'IPv4' })).to.equal('x/a x/b y/c y/new');
    expect(allowed(0, asked)).to.equal('x/a x/b y/c y/new');
  });

  it('is the same where no pod has an address', () => {
    const pods = ['x/a', 'x/b', 'y/c'].map((name) => pod(name, ''));
    const asked = { pods, policies: [policy('x', '{ingress: [{from: [{podSelector: {}}]}]}')] };
    expect(sources(0, asked)).to.equal('x/a x/b');
    expect(allowed(0, asked)).to.equal('x/a x/b');
    const blocked = { pods, policies: [FROM_BLOCK('10.0.0.0/8')] };
    expect(open(0, blocked)).to.equal('x/b y/c');
  });

  it('is open from pods without an address where one of many policies asks for a block', () => {
    const policies = [
      policy('y', '{}'),
      FROM_BLOCK('10.0.0.0/16'),
      policy('x', '{podSelector: {matchLabels: {no: ne}}}'),
    ];
    const asked = { pods: [...ordinary, unaddressed], policies };
    expect(allowed(0, asked)).to.equal('x/a x/b y/c');
    expect(open(0, asked)).to.equal('y/new');
    expect(sources(0, asked)).to.equal('x/a x/b y/c');
    expect(sources(3, asked)).to.equal('');
  });

  it('is that of their addresses where a block asks for them', () => {
    const asked = { pods: ordinary, policies: [FROM_BLOCK('10.0.0.0/24')] };
    expect(allowed(0, asked)).to.equal('x/a x/b');
    expect(sources(0, asked)).to.equal('x/a x/b');
  });

  for (const [title, more] of [
    ["on its host's network", { hostNetwork: true }],
    ['that has finished', { finished: true }],
    ['that has not begun', { pending: true }],
  ] as const) {
    it(`is open from a pod ${title}, which is among no sources and has none`, () => {
      const odd = pod('y/odd', '10.0.1.4', more);
      const asked = { pods: [...ordinary, odd], policies: [FROM_PODS] };
      expect(open(0, asked)).to.equal('y/odd');
      expect(sources(0, asked)).to.equal('x/a x/b y/c');
      expect(sources(3, asked)).to.equal('');
      const both = { ...asked, pods: [pod('x/a', '10.0.0.1 fd00::1'), odd] };
      expect(open(0, both)).to.equal('y/odd');
      expect(sources(0, both)).to.equal('x/a');
      expect(sources(1, both)).to.equal('');
    });
  }

  it('is what other tiers say, which say it for one connection after the other', () => {
    const deny = { name: 'deny', rule: () => 'deny' as const };
    const pass = { name: 'pass', rule: () => 'next' as const };
    const before = { pods: ordinary, options: { before: [deny] } };
    expect(allowed(0, before)).to.equal('x/a');
    expect(sources(0, before)).to.equal('');
    expect(allowed(0, { pods: ordinary, options: { after: [deny] } })).to.equal('x/a');
    expect(allowed(0, { pods: ordinary, options: { before: [pass], after: [deny] } })).to.equal('x/a');
    expect(sources(0, { pods: ordinary, options: { before: [], after: [] } })).to.equal('x/a x/b y/c');
    expect(sources(0, { pods: ordinary })).to.equal('x/a x/b y/c');
  });

  it('is what may leave its source and enter its destination', () => {
    const leave = (rules: string) =>
      policy('x', `{podSelector: {matchLabels: {pod: b}}, policyTypes: [Egress], egress: ${rules}}`);
    const to = (rules: string) =>
      [0, 1, 2].map((place) => allowed(place, { pods: ordinary, policies: [leave(rules)] }));
    const [all, others] = ['x/a x/b y/c', 'x/a y/c'];
    expect(to('[]')).to.deep.equal([others, all, others]);
    expect(to('[{}]')).to.deep.equal([all, all, all]);
    expect(to('[{ports: [{port: 80}]}]')).to.deep.equal([all, all, all]);
    expect(to('[{ports: [{port: 81}]}]')).to.deep.equal([others, all, others]);
    expect(to('[{to: [{podSelector: {}}]}]')).to.deep.equal([all, all, others]);
    const shut = policy('x', '{podSelector: {matchLabels: {pod: a}}}');
    expect(allowed(0, { pods: ordinary, policies: [leave('[{}]'), shut] })).to.equal('x/a');
  });

  it('goes by the names that destinations give their ports', () => {
    const web = { ports: [{ name: 'web', ...PORT }] };
    const pods = [pod('x/a', '10.0.0.1', web), ...ordinary.slice(1)];
    const asked = { pods, policies: [policy('x', '{ingress: [{ports: [{port: web}]}]}')] };
    expect(allowed(0, asked)).to.equal('x/a x/b y/c');
    expect(allowed(1, asked)).to.equal('x/b');
  });
});

describe('the reachability of pods of both families', () => {
  const pods = [
    pod('x/both', '10.0.0.1 fd00::1'),
    pod('y/both', '10.0.1.2 fd00::1:2'),
    pod('y/four', '10.0.1.3'),
    pod('y/six', 'fd00::1:4'),
    pod('y/new', ''),
  ];

  it('is open where it depends on the family, and each family has its own', () => {
    const asked = { pods, policies: [FROM_BLOCK('10.0.0.0/16')] };
    expect(allowed(0, asked)).to.equal('x/both y/four');
    expect(open(0, asked)).to.equal('y/both y/new');
    expect(sources(0, asked)).to.equal('x/both y/four');
    const four = { ...asked, family: 'IPv4' } as const;
    expect(allowed(0, four)).to.equal('x/both y/both y/four');
    expect(open(0, four)).to.equal('y/six y/new');
    expect(sources(0, four)).to.equal('x/both y/both y/four');
    const six = { ...asked, family: 'IPv6' } as const;
    expect(allowed(0, six)).to.equal('x/both');
    expect(open(0, six)).to.equal('y/four');
    expect(sources(0, six)).to.equal('x/both');
  });

  it('is that between the families that both ends have', () => {
    const asked = { pods };
    expect(allowed(2, asked)).to.equal('x/both y/both y/four y/new');
    expect(open(2, asked)).to.equal('y/six');
    expect(sources(2, asked)).to.equal('x/both y/both y/four');
    expect(sources(3, asked)).to.equal('x/both y/both y/six');
    expect(sources(4, asked)).to.equal('');
    expect(sources(0, { ...asked, family: 'IPv6' })).to.equal('x/both y/both y/six y/new');
  });

  it('knows no sources without addresses, whose family might decide', () => {
    expect(allowed(0, { pods, policies: [FROM_PODS] })).to.equal('x/both y/both y/four y/six y/new');
    expect(sources(0, { pods, policies: [FROM_PODS] })).to.equal('x/both y/both y/four y/six');
  });

  it("takes a pod on its host's network for the node that it is on, in the family that is asked for", () => {
    const host = pod('y/host', '10.0.1.9 fd00::1:9', { hostNetwork: true, node: 'n2' });
    const asked = { pods: [pod('x/both', '10.0.0.1 fd00::1', { node: 'n1' }), host] };
    const policies = [FROM_BLOCK('10.0.0.0/8')];
    expect(open(0, { ...asked, policies })).to.equal('y/host');
    expect(allowed(0, { ...asked, policies, family: 'IPv4' })).to.equal('x/both y/host');
    expect(having('denied', 0, { ...asked, policies, family: 'IPv6' })).to.equal('y/host');
  });
});

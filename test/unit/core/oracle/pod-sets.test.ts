import { expect } from 'chai';
import type { Pod } from '../../../../src/core/model/pod.ts';
import { podSets } from '../../../../src/core/oracle/compiled/pod-sets.ts';
import { selectorCompiler } from '../../../../src/core/oracle/compiled/selector.ts';
import { compilePolicies } from '../../../../src/core/oracle/compiled/tier.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { reachability } from '../../../../src/core/oracle/reachability.ts';
import type { SeenAddress } from '../../../../src/core/oracle/tier.ts';
import { cluster, policy } from '../../../support/oracle/cluster.ts';

const pod = (name: string, labels: Pod['labels'], ips: readonly string[]): Pod => ({
  namespace: 'x',
  name,
  labels,
  ports: [],
  ips,
});
const PODS = [
  pod('server', {}, ['10.0.0.1']),
  pod('a', { app: 'a' }, ['10.0.0.2']),
  pod('b', { app: 'b' }, ['10.0.0.3']),
  pod('lost', { tier: 'a' }, []),
  { ...pod('away', { app: 'a' }, ['10.0.0.4']), namespace: 'y' },
];
const ADDRESSES: readonly SeenAddress[] = [1n, 2n, 3n, undefined, 4n].map((last) =>
  last === undefined ? { family: 'IPv4', value: last } : { family: 'IPv4', value: 0x0a000000n + last },
);

const compiled = (spec: string) => compilePolicies([policy('x', spec)]).get('x')![0]!;

/** The names of the pods that a rule with one peer has for peers. */
function peersOf(peer: string): string {
  const rule = compiled(`{ingress: [{from: [${peer}]}]}`).Ingress![0]!;
  const found = podSets(PODS, ADDRESSES, (name) => ({ name })).peers(rule, 'x')!;
  return found
    .array()
    .map((i) => PODS[i]!.name)
    .join();
}

describe('the pods of a peer', () => {
  const peers = {
    '{podSelector: {}}': 'server,a,b,lost',
    '{podSelector: {matchLabels: {app: a}}}': 'a',
    '{podSelector: {matchLabels: {other: a}}}': '',
    '{podSelector: {matchExpressions: [{key: app, operator: Exists}]}}': 'a,b',
    '{podSelector: {matchExpressions: [{key: app, operator: DoesNotExist}]}}': 'server,lost',
    '{podSelector: {matchExpressions: [{key: app, operator: In, values: [b, c]}]}}': 'b',
    '{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [a]}]}}': 'server,b,lost',
    '{namespaceSelector: {}}': 'server,a,b,lost,away',
    '{namespaceSelector: {matchLabels: {name: "y"}}}': 'away',
    '{namespaceSelector: {}, podSelector: {matchLabels: {app: a}}}': 'a,away',
    '{namespaceSelector: {matchLabels: {name: x}}, podSelector: {matchLabels: {app: a}}}': 'a',
    '{ipBlock: {cidr: 10.0.0.2/31}}': 'a,b',
    '{ipBlock: {cidr: 10.0.0.2/32}}, {podSelector: {matchLabels: {app: b}}}': 'a,b',
    '{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.2/31]}}': 'server,away',
  };
  for (const [peer, names] of Object.entries(peers)) {
    it(`${peer} are ${names || 'none'}`, () => expect(peersOf(peer)).to.equal(names));
  }
});

describe('selectors', () => {
  it('that ask the same share one form', () => {
    const compiler = selectorCompiler();
    const first = compiler({ matchLabels: { app: 'a' } });
    expect(compiler({ matchLabels: { app: 'a' }, matchExpressions: [] })).to.equal(first);
    expect(compiler({ matchLabels: { app: 'b' } })).not.to.equal(first);
    expect(compiler({ matchExpressions: [] })).to.equal(compiler({}));
  });

  it('of namespaces are asked once for each namespace, however many rules have them', () => {
    const asked: string[] = [];
    const sets = podSets(PODS, ADDRESSES, (name) => {
      asked.push(name);
      return {};
    });
    const rules = compiled('{ingress: [{from: [{namespaceSelector: {}}]}, {from: [{namespaceSelector: {}}]}]}')
      .Ingress!;
    for (const rule of rules) sets.peers(rule, 'x');
    expect(asked).to.deep.equal(['x', 'y']);
  });
});

describe('addresses', () => {
  const asking = {
    '{ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}': true,
    '{ingress: [{from: [{podSelector: {}}]}, {from: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}': true,
    '{egress: [{to: [{podSelector: {}}, {ipBlock: {cidr: 10.0.0.0/8}}]}]}': true,
    '{policyTypes: [Ingress], egress: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}]}]}': false,
    '{ingress: [{from: [{podSelector: {}}]}], egress: [{}]}': false,
    '{}': false,
  };
  for (const [spec, expected] of Object.entries(asking)) {
    it(`${expected ? 'matter' : 'do not matter'} to ${spec}`, () =>
      expect(compiled(spec).usesBlocks).to.equal(expected));
  }

  it('that are not known leave a matrix open where a rule that is not the only one asks for them', () => {
    const open =
      '{podSelector: {matchLabels: {app: a}}, ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}, {ports: []}]}';
    const some = open.replace(', {ports: []}', ', {ports: [{port: 81}]}');
    const verdictOf = (spec: string) =>
      reachability(compile(cluster(PODS, [policy('x', spec)])), [{ port: 80, protocol: 'TCP' }]).verdict(3, 1, 0);
    expect(verdictOf(open)).to.equal('allowed');
    expect(verdictOf(some)).to.equal('undefined');
  });
});

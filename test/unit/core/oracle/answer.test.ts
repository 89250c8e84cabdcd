import { expect } from 'chai';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { Service } from '../../../../src/core/model/service.ts';
import { answer, answerText } from '../../../../src/core/oracle/answer.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { type AskedConnection, questionOf } from '../../../../src/core/oracle/question.ts';
import { policy } from '../../../support/oracle/cluster.ts';

const pod = (full: string, ip: string, node: string, more: Partial<Pod> = {}): Pod => {
  const [namespace = '', name = ''] = full.split('/');
  const ports = [{ name: 'web', port: 80, protocol: 'TCP' as const, hostPort: 8080 }];
  return { namespace, name, labels: { app: name }, ports, ips: [ip], node, ...more };
};
const SERVICE: Service = {
  namespace: 'x',
  name: 'a',
  selector: { app: 'a' },
  ports: [{ port: 8000, targetPort: 'web', nodePort: 30080, protocol: 'TCP' }],
  clusterIPs: ['10.96.0.5'],
  externalIPs: ['203.0.113.9'],
};
const PODS = [
  pod('x/a', '10.244.0.1', 'n1'),
  pod('y/b', '10.244.0.2', 'n2'),
  pod('y/done', '10.244.0.3', 'n2', { finished: true }),
  pod('y/agent', '172.18.0.2', 'n2', { hostNetwork: true, ports: [] }),
];
const STATE: Omit<ClusterState, 'policies'> = {
  namespaces: [
    { name: 'x', labels: {} },
    { name: 'y', labels: {} },
  ],
  pods: PODS,
  services: [SERVICE],
  nodes: [
    { name: 'n1', ips: ['172.18.0.1'] },
    { name: 'n2', ips: ['172.18.0.2'] },
  ],
};
const DENY_X = policy('x', '{podSelector: {}, policyTypes: [Ingress, Egress]}');
const INGRESS_X = policy('x', '{podSelector: {}}');
const FROM_PODS = policy('x', '{ingress: [{from: [{namespaceSelector: {}}]}]}');

const ask = (
  policies: readonly NetworkPolicy[],
  asked: Partial<AskedConnection>,
  changed: Partial<ClusterState> = {},
) => {
  const oracle = compile({ ...STATE, policies, ...changed });
  const question = questionOf(oracle, { from: 'y/b', to: 'x/a', port: 80, protocol: 'TCP', ...asked });
  if ('unknown' in question) return `no ${question.unknown}`;
  return answer(oracle, question);
};
const verdict = (...args: Parameters<typeof ask>) => {
  const answered = ask(...args);
  return typeof answered === 'string' ? answered : answered.verdict;
};

describe('an address in a question', () => {
  it("that is a pod's is the pod", () => {
    expect(verdict([FROM_PODS], { from: '10.244.0.2' })).to.equal('allowed');
    expect(verdict([FROM_PODS], { from: '10.244.0.9' })).to.equal('denied');
    expect(verdict([DENY_X], { from: '10.244.0.1' })).to.equal('allowed');
    expect(ask([], { to: '10.244.0.1' })).to.deep.include({ to: 'x/a', backends: [] });
  });

  it('that a finished pod had is nobody', () => {
    expect(ask([], { from: '10.244.0.3' })).to.deep.include({ from: '10.244.0.3', verdict: 'allowed' });
  });

  it("that is a Service's is the Service, on its own port", () => {
    for (const to of ['10.96.0.5', 'service/x/a']) {
      expect(verdict([DENY_X], { to, port: 8000 }), to).to.equal('denied');
      expect(verdict([policy('x', '{ingress: [{ports: [{port: 80}]}]}')], { to, port: 8000 })).to.equal('allowed');
      expect(verdict([policy('x', '{ingress: [{ports: [{port: 8000}]}]}')], { to, port: 8000 })).to.equal('denied');
    }
    expect(ask([], { to: '10.96.0.5', port: 8000 })).to.deep.include({ to: '10.96.0.5 (service/x/a)' });
  });

  it("that is a Service's from outside leads through a node", () => {
    expect(verdict([INGRESS_X], { to: '203.0.113.9', port: 8000 })).to.equal('denied');
    expect(verdict([FROM_PODS], { to: '203.0.113.9', port: 8000 })).to.equal('undefined');
  });

  it("that is a node's is the node, also where only a pod on its network is known to have it", () => {
    expect(verdict([INGRESS_X], { from: '172.18.0.2' })).to.equal('denied');
    expect(verdict([INGRESS_X], { from: '172.18.0.1' })).to.equal('allowed');
    expect(ask([], { from: '172.18.0.2' }, { nodes: [] })).to.deep.include({ from: 'node n2' });
  });

  it('that is loopback is the other end itself', () => {
    expect(ask([DENY_X], { from: 'x/a', to: '127.0.0.1' })).to.deep.include({ verdict: 'allowed', to: 'x/a' });
    expect(ask([DENY_X], { from: 'x/a', to: '::1' })).to.deep.include({ verdict: 'allowed', to: 'x/a' });
    expect(ask([DENY_X], { from: '127.8.9.10', to: 'x/a' })).to.deep.include({ verdict: 'allowed', from: 'x/a' });
  });
});

describe('a port of a node in a question', () => {
  it('that is a NodePort leads to the backends', () => {
    for (const to of ['node/n2', '172.18.0.2']) {
      expect(verdict([INGRESS_X], { to, port: 30080 }), to).to.equal('denied');
      expect(verdict([FROM_PODS], { to, port: 30080 })).to.equal('undefined');
      expect(verdict([INGRESS_X], { to, port: 30081 })).to.equal('allowed');
    }
    const answered = ask([INGRESS_X], { to: 'node/n2', port: 30080 });
    expect(answered).to.have.property('to', 'node/n2 (service/x/a)');
  });

  it('that is a NodePort is under egress policy by that number or by the own port', () => {
    const only = (port: number) =>
      policy(
        'y',
        `{podSelector: {matchLabels: {app: b}}, policyTypes: [Egress], egress: [{ports: [{port: ${port}}]}]}`,
      );
    const asked = { to: 'node/n1', port: 30080 };
    expect(verdict([only(30080), only(80)], asked)).to.equal('allowed');
    expect(verdict([only(30080)], asked)).to.equal('undefined');
    expect(verdict([only(8000)], asked)).to.equal('denied');
  });

  it('of a Service with externalTrafficPolicy Local leads from outside to backends of that node only', () => {
    const services = [{ ...SERVICE, externalTrafficPolicy: 'Local' as const }];
    const block = policy('x', '{ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}');
    const from = '192.0.2.7';
    expect(verdict([block], { from, to: 'node/n1', port: 30080 }, { services })).to.equal('allowed');
    expect(ask([block], { from, to: 'node/n2', port: 30080 }, { services })).to.deep.include({
      verdict: 'denied',
      backends: [],
    });
  });

  it("that is a pod's host port leads to the pod on that node", () => {
    expect(verdict([INGRESS_X], { to: 'node/n1', port: 8080 })).to.equal('denied');
    expect(verdict([INGRESS_X], { to: 'node/n2', port: 8080 })).to.equal('allowed');
    expect(ask([], { to: 'node/n1', port: 8080 })).to.deep.include({ to: 'node/n1 (x/a)', port: 8080, backends: [] });
  });

  it('of a node that is not there is refused where nodes are known', () => {
    expect(ask([], { to: 'node/n9' })).to.equal('no node/n9');
    expect(verdict([], { to: 'node/n9' }, { nodes: [] })).to.equal('allowed');
  });
});

describe('an answer about a Service', () => {
  it('leaves open whether a pod reaches itself where policy would stop it', () => {
    const asked = { from: 'x/a', to: 'service/x/a', port: 8000 };
    expect(ask([DENY_X], asked)).to.deep.include({
      verdict: 'undefined',
      openQuestions: ['whether policy is asked where a pod reaches itself through a Service (hairpin)'],
    });
    expect(verdict([FROM_PODS], asked)).to.equal('allowed');
  });

  it('depends on the backend where they differ, and has each one', () => {
    const other = pod('x/a2', '10.244.0.7', 'n1', { labels: { app: 'a', open: 'yes' } });
    const open = policy('x', '{podSelector: {matchLabels: {open: "yes"}}, ingress: [{}]}');
    const answered = ask([INGRESS_X, open], { to: 'service/x/a', port: 8000 }, { pods: [...PODS, other] });
    if (typeof answered === 'string') throw new Error(answered);
    expect(answered.backends.map(({ to, verdict: own }) => `${to} ${own}`)).to.deep.equal([
      'x/a denied',
      'x/a2 allowed',
    ]);
    expect(answerText(answered).split('\n').slice(0, 3)).to.deep.equal([
      'y/b -> service/x/a:8000/TCP: not defined by Kubernetes',
      '  depends on which backend is chosen',
      'y/b -> x/a:80/TCP: denied',
    ]);
  });

  it('without a backend says that nothing answers', () => {
    const answered = ask([], { to: 'service/x/a', port: 8000 }, { pods: PODS.slice(1) });
    if (typeof answered === 'string') throw new Error(answered);
    expect(answerText(answered)).to.equal(
      'y/b -> service/x/a:8000/TCP: denied\n  no backend serves the port, so nothing answers',
    );
  });
});

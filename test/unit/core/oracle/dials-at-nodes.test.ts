import { expect } from 'chai';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Service } from '../../../../src/core/model/service.ts';
import { answer, answerText } from '../../../../src/core/oracle/answer.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { type AskedConnection, questionOf } from '../../../../src/core/oracle/question.ts';
import { namedPolicy } from '../../../support/oracle/cluster.ts';
import { labelled } from '../../../support/oracle/web-and-job.ts';

const WEB = labelled('x/web', ['10.244.0.1', 'fd00:1::1'], {
  ports: [
    { name: 'http', port: 80, protocol: 'TCP', hostPort: 8080 },
    { name: 'dns', port: 5353, protocol: 'UDP' },
  ],
});
const JOB = labelled('y/job', ['10.244.0.3', 'fd00:1::3'], { node: 'n2' });
const SERVICE: Service = {
  namespace: 'x',
  name: 'web',
  selector: { app: 'web' },
  clusterIPs: ['10.96.0.5', 'fd00:2::5'],
  externalIPs: ['203.0.113.9'],
  ports: [
    { port: 53, targetPort: 'http', nodePort: 30053, protocol: 'TCP' },
    { port: 53, targetPort: 'dns', nodePort: 30054, protocol: 'UDP' },
    { port: 80, targetPort: 'http', nodePort: 30080, protocol: 'TCP' },
  ],
};
const STATE: Omit<ClusterState, 'policies'> = {
  namespaces: ['x', 'y'].map((name) => ({ name, labels: {} })),
  pods: [WEB, JOB],
  services: [SERVICE],
  nodes: [
    { name: 'n1', ips: ['172.18.0.1', 'fd00:3::1'] },
    { name: 'n2', ips: ['172.18.0.2', 'fd00:3::2'] },
  ],
};

/** The answer to whether `y/job` may reach the NodePort of `x/web` at its node, unless something else is asked. */
const ask = (specs: readonly string[], asked: Partial<AskedConnection> = {}, changed: Partial<ClusterState> = {}) => {
  const policies = specs.map((spec, i) => namedPolicy(`${spec.slice(0, 1)}/p${i}`, spec.slice(2)));
  const oracle = compile({ ...STATE, policies, ...changed });
  const connection = { from: 'y/job', to: 'node/n1', port: 30080, protocol: 'TCP', ...asked } as const;
  const question = questionOf(oracle, connection);
  if ('unknown' in question) throw new Error(question.unknown);
  return answer(oracle, question);
};
const verdict = (...args: Parameters<typeof ask>) => ask(...args).verdict;
const egress = (rules: string) => `y {policyTypes: [Egress], egress: [${rules}]}`;

describe('a dial at a node', () => {
  it('that policies do not depend on has a verdict, and nothing is open', () => {
    for (const answered of [ask([]), ask(['x {}'])]) {
      expect([answered.openQuestions, answered.backends[0]?.openQuestions]).to.deep.equal([[], []]);
    }
    expect([verdict([]), verdict(['x {}'])]).to.deep.equal(['allowed', 'denied']);
  });

  it('of a pod that leads to itself is under policy like any other', () => {
    expect(answerText(ask(['x {ingress: [{from: [{podSelector: {}}]}]}'], { from: 'x/web' }))).to.equal(
      `x/web -> node/n1 (service/x/web):30080/TCP: not defined by Kubernetes
  depends on where addresses are rewritten, through a node's address
x/web -> x/web:80/TCP: not defined by Kubernetes
  depends on where addresses are rewritten, through a node's address
  egress of x/web: allowed: no policy isolates it
  ingress of x/web: allowed
    x/p0
      spec.ingress[0] admits it
        from[0] asks for any pod in its own namespace x; x/web is in namespace x`,
    );
    const shut = ask(['x {}'], { from: 'x/web' });
    expect([shut.verdict, shut.openQuestions]).to.deep.equal(['denied', []]);
    expect(shut.backends[0]?.ingress).to.deep.include({ verdict: 'denied', decidedBy: 'NetworkPolicy' });
  });

  it('may be under egress policy by the address of the node', () => {
    const block = (cidr: string) => egress(`{to: [{namespaceSelector: {}}, {ipBlock: {cidr: "${cidr}"}}]}`);
    const asked = { family: 'IPv4' } as const;
    expect(verdict([block('172.18.0.1/32')], asked)).to.equal('allowed');
    expect(verdict([block('172.18.0.2/32')], asked)).to.equal('undefined');
    expect(verdict([block('172.18.0.2/32')], { ...asked, to: 'node/n2' })).to.equal('allowed');
    expect(verdict([block('172.18.0.0/16')], { ...asked, to: '203.0.113.9', port: 80 })).to.equal('undefined');
    expect(verdict([block('0.0.0.0/0')], { ...asked, to: '203.0.113.9', port: 80 })).to.equal('allowed');
  });

  it('may be under egress policy by its own NodePort', () => {
    const ports = (...numbers: readonly string[]) =>
      egress(`{ports: [${numbers.map((text) => `{port: ${text.split('/')[0]}, protocol: ${text.split('/')[1]}}`)}]}`);
    const open = ports('80/TCP', '5353/UDP', '30053/TCP');
    expect(verdict([open], { port: 30053 })).to.equal('allowed');
    expect(verdict([open], { port: 30054, protocol: 'UDP' })).to.equal('undefined');
    expect(verdict([open], { port: 30080 })).to.equal('undefined');
    expect(verdict([ports('80/TCP', '30080/TCP')], { port: 30080 })).to.equal('allowed');
    expect(verdict([ports('5353/UDP', '30054/UDP')], { port: 30054, protocol: 'UDP' })).to.equal('allowed');
  });

  it("may be at the Service's own port, where that has no NodePort", () => {
    const services = [{ ...SERVICE, ports: [{ port: 8000, targetPort: 80, protocol: 'TCP' as const }] }];
    const asked = { to: '203.0.113.9', port: 8000 };
    expect(verdict([egress('{ports: [{port: 80}, {port: 8000}]}')], asked, { services })).to.equal('allowed');
    expect(verdict([egress('{ports: [{port: 80}]}')], asked, { services })).to.equal('undefined');
  });

  it('at a port that the Service has not is answered by nobody', () => {
    const { backends, ...rest } = ask([], { to: '203.0.113.9', port: 7 });
    expect(backends).to.deep.equal([]);
    expect(rest.verdict).to.equal('denied');
  });
});

describe('a dial from outside to a Service with externalTrafficPolicy Local', () => {
  const services = [{ ...SERVICE, externalTrafficPolicy: 'Local' as const }];
  const backends = (asked: Partial<AskedConnection>, changed: Partial<ClusterState> = {}) =>
    ask([], { from: '192.0.2.7', ...asked }, { services, ...changed }).backends.map(({ to }) => to);

  it('leads to the backends that may be on the node', () => {
    const { node: _, ...nowhere } = WEB;
    const other = labelled('x/other', ['10.244.0.9'], { labels: { app: 'web' }, node: 'n2' });
    const pods = [WEB, other, { ...nowhere, name: 'nowhere' }];
    expect(backends({ to: 'node/n1' }, { pods })).to.deep.equal(['x/web', 'x/nowhere']);
    expect(backends({ to: 'node/n2' }, { pods })).to.deep.equal(['x/other', 'x/nowhere']);
  });

  it('leads to every backend, where the node is not known', () => {
    expect(backends({ to: '203.0.113.9', port: 80 })).to.deep.equal(['x/web']);
  });

  it('keeps the address of its source, unlike one from a pod, or to a Service without', () => {
    const block = ['x {ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}, {namespaceSelector: {}}]}]}'];
    expect(verdict(block, { from: '192.0.2.7' }, { services })).to.equal('allowed');
    expect(verdict(block, { from: '192.0.2.7' })).to.equal('undefined');
    expect(verdict(block, {}, { services })).to.equal('undefined');
    expect(backends({ from: 'y/job', to: 'node/n2' })).to.deep.equal(['x/web']);
  });
});

describe('a dial at a host port', () => {
  it('is explained as the connection to the pod, under the name of the node', () => {
    expect(answerText(ask(['x {ingress: [{ports: [{port: 80}]}]}'], { port: 8080 }))).to.equal(
      `y/job -> node/n1 (x/web):8080/TCP: allowed
  egress of y/job: allowed: no policy isolates it
  ingress of x/web: allowed
    x/p0
      spec.ingress[0] admits it
        ports[0] asks for port 80/TCP; 80/TCP is that`,
    );
  });
});

describe('the family that is asked for', () => {
  const only6 = ['x {ingress: [{from: [{ipBlock: {cidr: "::/0"}}]}]}'];
  for (const to of ['x/web', 'service/x/web', '10.96.0.5', 'node/n1', '203.0.113.9']) {
    for (const port of to === 'node/n1' ? [8080, 30080] : [80]) {
      it(`decides on a dial to ${to}, port ${port}`, () => {
        // An address has its own family.
        expect(verdict(only6, { to, port })).to.equal(to.includes('/') ? 'undefined' : 'denied');
        expect(verdict(only6, { to, port, family: 'IPv4' })).to.equal('denied');
        expect(verdict(only6, { to, port, family: 'IPv6' })).to.equal('allowed');
      });
    }
  }
});

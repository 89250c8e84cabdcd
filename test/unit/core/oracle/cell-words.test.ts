import { expect } from 'chai';
import type { Cell } from '../../../../src/core/matrix/cell.ts';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { ContainerPort, Pod } from '../../../../src/core/model/pod.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import { expectedOf } from '../../../../src/core/oracle/expected-of.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { policy } from '../../../support/oracle/cluster.ts';

const pod = (full: string, last: number, more: Partial<Pod> = {}): Pod => {
  const [namespace = '', name = ''] = full.split('/');
  const app = namespace === 'y' ? { app: 's' } : {};
  return { namespace, name, labels: { pod: name, ...app }, ports: [], ips: [`10.244.0.${last}`], ...more };
};
const SERVICE = {
  namespace: 'y',
  name: 's',
  selector: { app: 's' },
  ports: [{ port: 8080, targetPort: 80, protocol: 'TCP' as const }],
  clusterIPs: ['10.96.0.10'],
};
const CLIENT = pod('x/a', 1, { node: 'n1' });
const Y_A = pod('y/a', 2, { node: 'n2' });
const Y_B = pod('y/b', 3, { node: 'n2' });
const DENY_B = policy('y', '{podSelector: {matchLabels: {pod: b}}}');
const SHUT = policy('x', '{policyTypes: [Egress]}');

const BASE = {
  from: 'x/a',
  to: 'y/a',
  port: 80,
  protocol: 'TCP',
  path: 'pod-ip',
  family: 'IPv4',
  method: 'agent',
} as const;
const ask = (cell: Partial<Cell>, policies: readonly NetworkPolicy[], state: Partial<ClusterState> = {}) => {
  const base = { namespaces: [], pods: [CLIENT, Y_A, Y_B], services: [SERVICE], policies };
  return expectedOf(compile({ ...base, ...state }), { ...BASE, ...cell });
};
const CLUSTER_IP = { to: 'y/s', path: 'cluster-ip', port: 8080 } as const;

const admitted = (to: string) => [
  `x/a -> ${to}:80/TCP: allowed`,
  '  egress of x/a: allowed: no policy isolates it',
  `  ingress of ${to}: allowed: no policy isolates it`,
];
const refused = (to: string, by: NetworkPolicy) => [
  `x/a -> ${to}:80/TCP: denied`,
  '  egress of x/a: allowed: no policy isolates it',
  `  ingress of ${to}: denied: no rule of the 1 policy that isolates it admits it`,
  `    y/${by.metadata.name} has no ingress rules, so it admits nothing`,
  `    to open it, add to spec.ingress of y/${by.metadata.name}: {"from":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"x"}},"podSelector":{"matchLabels":{"pod":"a"}}}],"ports":[{"protocol":"TCP","port":80}]}`,
];

describe('what is said of a cell', () => {
  it("from a kubelet is that a pod's own node always comes in", () => {
    expect(ask({ from: 'kubelet/http', path: 'kubelet' }, [policy('y', '{}')])).to.deep.equal({
      expected: 'open',
      explanation: 'traffic from the node to a pod on it is always allowed, whatever policies say',
    });
  });

  it('by a Service is that of the first backend where all are alike', () => {
    expect(ask(CLUSTER_IP, []).explanation).to.equal(admitted('y/a').join('\n'));
    expect(ask(CLUSTER_IP, []).answerable).to.equal(undefined);
  });

  it('by a Service is that of each backend where they differ, with those that may answer', () => {
    const { expected, explanation, answerable, allowed } = ask(CLUSTER_IP, [DENY_B]);
    const text = ['the backends of y/s have different verdicts:', ...admitted('y/a'), ...refused('y/b', DENY_B)];
    expect(explanation).to.equal(text.join('\n'));
    expect({ expected, answerable, allowed }).to.deep.equal({
      expected: 'reported',
      answerable: ['y/a'],
      allowed: ['y/a'],
    });
  });

  it('by a Service takes a backend whose verdict is not defined for one that may answer, not for an allowed one', () => {
    const onHost = pod('y/h', 4, { node: 'n2', hostNetwork: true });
    const denyHost = policy('y', '{podSelector: {matchLabels: {pod: h}}}');
    const { answerable, allowed } = ask(CLUSTER_IP, [DENY_B, denyHost], { pods: [CLIENT, Y_A, Y_B, onHost] });
    expect({ answerable, allowed }).to.deep.equal({ answerable: ['y/a', 'y/h'], allowed: ['y/a'] });
  });

  it('of a node names it', () => {
    expect(ask({ to: 'node/n2', path: 'node' }, []).explanation).to.equal(
      [
        'x/a -> node n2:80/TCP: allowed',
        '  egress of x/a: allowed: no policy isolates it',
        '  ingress of node n2: allowed: no pod, so no policy speaks for it',
      ].join('\n'),
    );
    expect(ask({ to: 'node/n2', path: 'node' }, [SHUT]).expected).to.equal('closed');
    expect(ask({ to: 'node/n1', path: 'node' }, [SHUT]).expected).to.equal('reported');
  });

  it('from a host goes by its address of the asked family', () => {
    const hosts = [{ name: 'outside/h', ips: ['192.0.2.7', '2001:db8::7'] }];
    const pods = [pod('y/a', 2, { ips: ['10.244.0.2', 'fd00::2'] })];
    const block = policy('y', '{ingress: [{from: [{ipBlock: {cidr: "2001:db8::7/128"}}]}]}');
    const from = { from: 'outside/h' };
    expect(ask({ ...from, family: 'IPv6' }, [block], { hosts, pods }).expected).to.equal('open');
    expect(ask({ ...from, family: 'IPv4' }, [block], { hosts, pods }).expected).to.equal('closed');
  });

  it("by a host port leads to the pod's port of that number and protocol among several", () => {
    const ports: readonly ContainerPort[] = [
      { port: 81, protocol: 'TCP', hostPort: 30_081 },
      { port: 82, protocol: 'UDP', hostPort: 30_080 },
      { port: 83, protocol: 'TCP', hostPort: 30_080 },
    ];
    const pods = [CLIENT, { ...Y_A, ports }];
    const { explanation } = ask({ path: 'host-port', port: 30_080 }, [], { pods });
    expect(explanation).to.equal(admitted('y/a').join('\n').replace(':80/', ':83/'));
  });
});

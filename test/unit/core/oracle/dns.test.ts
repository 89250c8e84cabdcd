import { expect } from 'chai';
import type { Cell } from '../../../../src/core/matrix/cell.ts';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { Service } from '../../../../src/core/model/service.ts';
import { expectedOf } from '../../../../src/core/oracle/expected-of.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { policy } from '../../../support/oracle/cluster.ts';

const pod = (namespace: string, name: string, ips: readonly string[], labels: Pod['labels'] = {}): Pod => ({
  namespace,
  name,
  labels,
  ports: [],
  ips,
});
const KUBE_DNS: Service = {
  namespace: 'kube-system',
  name: 'kube-dns',
  selector: { 'k8s-app': 'kube-dns' },
  ports: [],
  clusterIPs: ['10.96.0.10'],
};
const WEB: Service = {
  namespace: 'y',
  name: 'web',
  selector: { app: 'web' },
  ports: [{ port: 80, protocol: 'TCP' }],
  clusterIPs: ['10.96.0.20'],
};
const A = pod('x', 'a', ['10.244.0.1']);
const CORE_1 = pod('kube-system', 'coredns-1', ['10.244.0.11'], { 'k8s-app': 'kube-dns' });
const CORE_2 = pod('kube-system', 'coredns-2', ['10.244.0.12'], { 'k8s-app': 'kube-dns' });
const SERVER = pod('y', 'server', ['10.244.0.3', 'fd00::3'], { app: 'web' });
const DUAL_A = { ...A, ips: ['fd00::1', '10.244.0.1'] };
const DUAL_CORE = { ...CORE_1, ips: ['10.244.0.11', 'fd00::11'] };

const CELL = {
  from: 'x/a',
  to: 'y/web',
  port: 80,
  protocol: 'TCP',
  path: 'dns',
  family: 'IPv4',
  method: 'agent',
} as const;
const byName = (rule: string, state: Partial<ClusterState>, cell: Partial<Cell> = {}) => {
  const dnsAnd80 = rule === '' ? '' : `{to: [{${rule}}], ports: [{port: 53, protocol: UDP}]}, {ports: [{port: 80}]}`;
  const own = policy('x', `{policyTypes: [Egress], egress: [${dnsAnd80}]}`);
  const base = { namespaces: [], pods: [A, SERVER], services: [WEB], policies: [own] };
  const { expected, explanation } = expectedOf(compile({ ...base, ...state }), { ...CELL, ...cell });
  return [expected, explanation.replaceAll(own.metadata.name, 'POLICY')] as const;
};

const closedTo = (to: string, labels = '"podSelector":{"matchLabels":{"k8s-app":"kube-dns"}}') => [
  `x/a -> kube-system/${to}:53/UDP: denied`,
  '  egress of x/a: denied: no rule of the 1 policy that isolates it admits it',
  '    x/POLICY has no egress rules, so it admits nothing',
  `    to open it, add to spec.egress of x/POLICY: {"to":[{"namespaceSelector":{"matchLabels":{"kubernetes.io/metadata.name":"kube-system"}},${labels}}],"ports":[{"protocol":"UDP","port":53}]}`,
  `  ingress of kube-system/${to}: allowed: no policy isolates it`,
];

describe('the expectation of a cell by name', () => {
  it('names each pod that DNS is closed to, behind its Service or by label', () => {
    const text = ['the name does not resolve, for DNS is closed:', ...closedTo('coredns-1'), ...closedTo('coredns-2')];
    const pods = [A, SERVER, CORE_1, CORE_2];
    expect(byName('', { pods, services: [WEB, KUBE_DNS] })).to.deep.equal(['unresolved', text.join('\n')]);
    expect(byName('', { pods })).to.deep.equal(['unresolved', text.join('\n')]);
  });

  it('goes by the pods that every installation has where the state has none', () => {
    const text = ['the name does not resolve, for DNS is closed:', ...closedTo('kube-dns')];
    expect(byName('', {})).to.deep.equal(['unresolved', text.join('\n')]);
    expect(byName('', { services: [WEB, KUBE_DNS] })).to.deep.equal(['unresolved', text.join('\n')]);
  });

  it("is left open where it matters whether a policy sees the Service's address or the pod's", () => {
    const state = { pods: [A, SERVER, CORE_1], services: [WEB, KUBE_DNS] };
    for (const cidr of ['10.96.0.10/32', '10.244.0.11/32']) {
      const [expected, explanation] = byName(`ipBlock: {cidr: ${cidr}}`, state);
      expect(expected).to.equal('reported');
      expect(explanation.split('\n').slice(0, 3), cidr).to.deep.equal([
        'whether the name resolves is not defined:',
        'x/a -> kube-system/coredns-1:53/UDP: not defined by Kubernetes',
        '  depends on whether an ipBlock sees an address before or after it is rewritten',
      ]);
    }
    expect(byName('ipBlock: {cidr: 10.0.0.0/8}', state)[0]).to.equal('open');
  });

  const v4 = 'ipBlock: {cidr: 0.0.0.0/0}';
  const v6 = 'ipBlock: {cidr: "::/0"}';
  const rows: readonly (readonly [string, readonly Service[], Pod, Record<'v4' | 'v6', string>])[] = [
    ['of the first address of the Service', [KUBE_DNS], DUAL_A, { v4: 'open', v6: 'unresolved' }],
    [
      'of the first address of a dual-stack Service',
      [{ ...KUBE_DNS, clusterIPs: ['fd00:96::a', '10.96.0.10'] }],
      { ...DUAL_A, ips: ['10.244.0.1', 'fd00::1'] },
      { v4: 'unresolved', v6: 'open' },
    ],
    [
      'of the first address of the source where the Service is headless',
      [{ ...KUBE_DNS, clusterIPs: ['None'] }],
      DUAL_A,
      { v4: 'unresolved', v6: 'open' },
    ],
    ['of the first address of the source where there is no Service', [], DUAL_A, { v4: 'unresolved', v6: 'open' }],
    ['that is not known where no address is', [], { ...A, ips: [] }, { v4: 'reported', v6: 'reported' }],
  ];
  for (const [title, dns, source, expected] of rows) {
    it(`asks by the address family ${title}`, () => {
      const core = source.ips.length === 0 ? { ...DUAL_CORE, ips: [] } : DUAL_CORE;
      const state = { pods: [source, SERVER, core], services: [WEB, ...dns] };
      expect({ v4: byName(v4, state)[0], v6: byName(v6, state)[0] }).to.deep.equal(expected);
    });
  }

  it('does not lead through a node where the name resolves', () => {
    const fromPods = policy('y', '{ingress: [{from: [{namespaceSelector: {}}]}]}');
    expect(byName('', { policies: [fromPods] })[0]).to.equal('open');
  });

  it('is for pods alone', () => {
    const hosts = [{ name: 'outside/h', ips: ['192.0.2.7'] }];
    expect(() => byName('', { hosts }, { from: 'outside/h' })).to.throw(RangeError, 'there is no pod outside/h');
  });
});

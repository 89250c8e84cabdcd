import { expect } from 'chai';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { policy } from '../../../support/oracle/cluster.ts';

const pod = (name: string, more: Partial<Pod>): Pod => ({
  namespace: 'x',
  name,
  labels: {},
  ports: [],
  ips: [],
  ...more,
});
const service = (name: string, clusterIPs: readonly string[]) => ({
  namespace: 'x',
  name,
  selector: {},
  ports: [],
  clusterIPs,
});
const A = pod('a', { ips: ['10.244.0.1', 'fd00::1'], node: 'n1' });
const STATE: ClusterState = {
  namespaces: [],
  pods: [
    A,
    pod('done', { ips: ['10.244.0.2'], finished: true }),
    pod('agent', { ips: ['172.18.0.1'], node: 'n1', hostNetwork: true }),
    pod('homeless', { ips: ['172.18.0.9'], hostNetwork: true }),
    pod('proxy', { ips: ['172.18.0.8'], hostNetwork: true }),
  ],
  services: [{ ...service('web', ['10.96.0.1']), externalIPs: ['203.0.113.1'] }, service('headless', ['None'])],
  policies: [],
};

describe('what has an address in a state', () => {
  const rows: readonly (readonly [address: string, holder: object | undefined])[] = [
    ['10.244.0.1', { kind: 'pod', name: 'x/a' }],
    ['fd00:0::1', { kind: 'pod', name: 'x/a' }],
    ['10.244.0.2', undefined],
    ['172.18.0.1', { kind: 'node', name: 'n1' }],
    ['172.18.0.9', { kind: 'node', name: 'of x/homeless' }],
    ['172.18.0.8', { kind: 'node', name: 'of x/proxy' }],
    ['10.96.0.1', { kind: 'service', name: 'x/web' }],
    ['203.0.113.1', { kind: 'service', name: 'x/web' }],
    ['192.0.2.1', undefined],
    ['None', undefined],
  ];
  for (const [address, holder] of rows) {
    it(`${address}: ${holder === undefined ? 'nothing' : Object.values(holder).join(' ')}`, () => {
      expect(compile(STATE).holderOf(address)).to.deep.equal(holder);
    });
  }
});

describe('a state', () => {
  it('lists the nodes and namespaces that it has, and no others', () => {
    const node = { name: 'n1', ips: [] };
    const oracle = compile({ ...STATE, namespaces: [{ name: 'x', labels: {} }], nodes: [node] });
    expect([oracle.nodes(), oracle.node('n1'), oracle.node('n2')]).to.deep.equal([[node], node, undefined]);
    expect(compile(STATE).nodes()).to.deep.equal([]);
    expect(['x', 'y'].map((name) => oracle.hasNamespace(name))).to.deep.equal([true, false]);
  });

  it('has no pods in a namespace that it does not list', () => {
    expect(compile(STATE).podsIn('nowhere')).to.deep.equal([]);
  });

  it('has other labels on a pod when asked so, and then as before', () => {
    const oracle = compile(STATE);
    const changed = oracle.withPodLabels('x/a', { app: 'web' });
    const labelled = { ...A, labels: { app: 'web' } };
    expect([changed.pod('x/a'), changed.pods()[0], changed.podsIn('x')[0]]).to.deep.equal(Array(3).fill(labelled));
    expect([oracle.pod('x/a'), oracle.pods()[0], oracle.podsIn('x')[0]]).to.deep.equal([A, A, A]);
  });

  it('has the policies that isolate a pod in a direction', () => {
    const shut = policy('x', '{podSelector: {}}');
    const ofWeb = policy('x', '{podSelector: {matchLabels: {app: web}}}');
    const egress = policy('x', '{policyTypes: [Egress]}');
    const oracle = compile({ ...STATE, policies: [shut, ofWeb, egress, policy('y', '{}')] });
    expect(oracle.policiesOn(A, 'Ingress')).to.deep.equal([shut]);
    expect(oracle.policiesOn(A, 'Egress')).to.deep.equal([egress]);
    expect(oracle.policiesOn({ ...A, labels: { app: 'web' } }, 'Ingress')).to.deep.equal([shut, ofWeb]);
    expect(oracle.policiesOn({ ...A, namespace: 'z' }, 'Ingress')).to.deep.equal([]);
  });

  it('refuses labels for a pod that it has not', () => {
    expect(() => compile(STATE).withPodLabels('x/none', {})).to.throw(RangeError, 'there is no pod x/none');
  });
});

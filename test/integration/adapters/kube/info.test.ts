import { expect } from 'chai';
import { connect } from '../../../../src/adapters/kube/connect.ts';
import { readPodCidrs } from '../../../../src/adapters/kube/pod-cidrs.ts';
import { systemClock } from '../../../../src/adapters/system-clock.ts';
import { startFakeApiServer, status } from '../../../support/fake-api-server.ts';

const node = (name: string, address: string, ready: string, podCIDRs?: readonly string[]) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec: { podCIDRs },
  status: {
    addresses: [
      { type: 'InternalIP', address },
      { type: 'Hostname', address: name },
    ],
    conditions: [{ type: 'Ready', status: ready }],
  },
});

describe('kube: what a run records about its cluster', () => {
  it('is the version, the nodes and the families of their pod ranges', async () => {
    await using api = await startFakeApiServer();
    api.put(node('one', '172.18.0.2', 'True', ['10.244.0.0/24', 'fd00:10:244::/64']));
    api.put(node('two', '172.18.0.3', 'False'));
    const cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'kind' });
    expect(await cluster.info()).to.deep.equal({
      provider: 'kind',
      kubernetes: 'v1.37.2',
      nodes: [
        { name: 'one', ips: ['172.18.0.2'], ready: true, takesPods: true, controlPlane: false },
        { name: 'two', ips: ['172.18.0.3'], ready: false, takesPods: true, controlPlane: false },
      ],
      ipFamilies: ['IPv4', 'IPv6'],
    });
    expect(await readPodCidrs(cluster)).to.deep.equal(['10.244.0.0/24', 'fd00:10:244::/64']);
  });

  it('is which nodes take ordinary pods: not those that are cordoned, or whose taints keep them away', async () => {
    await using api = await startFakeApiServer();
    const withSpec = (name: string, spec: object) => api.put({ ...node(name, '172.18.0.2', 'True'), spec });
    withSpec('cordoned', { unschedulable: true });
    withSpec('control-plane', { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] });
    withSpec('full', { taints: [{ key: 'full', effect: 'PreferNoSchedule' }] });
    const cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'kind' });
    const { nodes } = await cluster.info();
    expect(nodes.filter(({ takesPods }) => takesPods).map(({ name }) => name)).to.deep.equal(['full']);
  });

  it('is which nodes carry a control plane', async () => {
    await using api = await startFakeApiServer();
    const labels = { 'node-role.kubernetes.io/control-plane': '' };
    const control = node('control', '172.18.0.2', 'True');
    api.put({ ...control, metadata: { ...control.metadata, labels } });
    api.put(node('worker', '172.18.0.3', 'True'));
    const cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'kind' });
    const { nodes } = await cluster.info();
    expect(nodes.map(({ controlPlane }) => controlPlane)).to.deep.equal([true, false]);
  });

  it('is the range that a cluster of kubeadm gives its pods, before those of its nodes', async () => {
    await using api = await startFakeApiServer();
    api.put(node('one', '172.18.0.2', 'True', ['10.244.0.0/24']));
    const ClusterConfiguration = 'networking:\n  podSubnet: 10.244.0.0/16, fd00:10:244::/56\n';
    const metadata = { namespace: 'kube-system', name: 'kubeadm-config' };
    api.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { ClusterConfiguration } });
    const cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'kind' });
    expect(await readPodCidrs(cluster)).to.deep.equal(['10.244.0.0/16', 'fd00:10:244::/56']);
  });

  it('is the ranges of the nodes where kubeadm tells nothing that is one, or not to us', async () => {
    for (const told of ['networking: {podSubnet: ""}', 'networking: {podSubnet: none}', '[', undefined]) {
      await using api = await startFakeApiServer();
      api.put(node('one', '172.18.0.2', 'True', ['10.244.0.0/24']));
      const metadata = { namespace: 'kube-system', name: 'kubeadm-config' };
      if (told === undefined) api.script('GET', 'configmaps', { status: 403, body: status(403, 'Forbidden', 'no') });
      else api.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { ClusterConfiguration: told } });
      const cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'kind' });
      expect(await readPodCidrs(cluster)).to.deep.equal(['10.244.0.0/24']);
    }
  });

  it('takes the families of the nodes where the plugin keeps its ranges to itself', async () => {
    await using api = await startFakeApiServer();
    api.put(node('one', 'fd00::2', 'True'));
    const cluster = await connect({ kubeconfig: api.kubeconfig, clock: systemClock, provider: 'kind' });
    expect((await cluster.info()).ipFamilies).to.deep.equal(['IPv6']);
  });
});

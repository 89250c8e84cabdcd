import { expect } from 'chai';
import { recogniseCni } from '../../../../src/adapters/cni/detect-cni.ts';
import type { KubeObject } from '../../../../src/ports/cluster.ts';

const daemonSet = (name: string, ...containers: readonly (readonly [name: string, image: string])[]): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name, namespace: 'kube-system' },
  spec: { template: { spec: { containers: containers.map(([container, image]) => ({ name: container, image })) } } },
});
const proxy = daemonSet('kube-proxy', ['kube-proxy', 'registry.k8s.io/kube-proxy:v1.37.2']);

describe('recogniseCni', () => {
  it('knows plugins by their DaemonSets and their version by the image', () => {
    const known: readonly (readonly [KubeObject, string, string])[] = [
      [daemonSet('calico-node', ['calico-node', 'docker.io/calico/node:v3.28.5']), 'calico', 'v3.28.5'],
      [daemonSet('cilium', ['cilium-agent', 'quay.io/cilium/cilium:v1.20.2@sha256:abc']), 'cilium', 'v1.20.2'],
      [
        daemonSet('antrea-agent', ['antrea-ovs', 'x/ovs:1'], ['antrea-agent', 'antrea/agent:v2.4.0']),
        'antrea',
        'v2.4.0',
      ],
      [
        daemonSet('kube-router', ['kube-router', 'docker.io/cloudnativelabs/kube-router:v2.1.0']),
        'kube-router',
        'v2.1.0',
      ],
      [daemonSet('kindnet', ['kindnet-cni', 'docker.io/kindest/kindnetd:v20260101-abc']), 'kindnet', 'v20260101-abc'],
      [daemonSet('kube-flannel-ds', ['kube-flannel', 'localhost:5000/flannel:v0.28.10']), 'flannel', 'v0.28.10'],
    ];
    for (const [object, name, version] of known) {
      expect(recogniseCni([proxy, object])).to.deep.equal({ name, version });
    }
  });

  it('leaves the version open where the image has only a digest or a registry port', () => {
    expect(recogniseCni([daemonSet('cilium', ['cilium-agent', 'quay.io/cilium@sha256:abc'])]).version).to.equal('');
    expect(recogniseCni([daemonSet('cilium', ['cilium-agent', 'localhost:5000/cilium'])]).version).to.equal('');
  });

  it('prefers what enforces policy to what only connects', () => {
    const flannel = daemonSet('kube-flannel-ds', ['kube-flannel', 'flannel:v1']);
    expect(recogniseCni([flannel, daemonSet('calico-node', ['calico-node', 'node:v3'])]).name).to.equal('calico');
  });

  it('is not misled by other objects of that name, as a manifest holds them', () => {
    const account: KubeObject = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'calico-node' } };
    const agent = daemonSet('calico-node', ['calico-node', 'docker.io/calico/node:v3.28.5']);
    expect(recogniseCni([account, agent])).to.deep.equal({ name: 'calico', version: 'v3.28.5' });
  });

  it('says that it does not know', () => {
    expect(recogniseCni([proxy])).to.deep.equal({ name: 'unknown', version: '' });
    expect(recogniseCni([])).to.deep.equal({ name: 'unknown', version: '' });
  });
});

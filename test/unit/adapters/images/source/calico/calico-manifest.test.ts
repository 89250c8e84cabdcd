import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { calicoManifest } from '../../../../../../src/adapters/images/source/calico/calico-manifest.ts';

const images = { node: 'own/node:1', cni: 'own/cni:1', 'kube-controllers': 'own/controllers:1' };

const manifest = (nodeImage = 'reg.example/calico/node:v3') => `# Source: config
kind: ConfigMap
apiVersion: v1
metadata: { name: calico-config }
data:
  calico_backend: "bird"
  cni_network_config: |-
    { "mtu": __CNI_MTU__ }
---
kind: CustomResourceDefinition
metadata: { name: untouched }
---
kind: DaemonSet
spec:
  template:
    spec:
      initContainers:
        - { name: upgrade-ipam, image: "reg.example/calico/cni:v3" }
        - { name: install-cni, image: "reg.example/calico/cni:v3", imagePullPolicy: IfNotPresent }
        - name: mount-bpffs
          image: "reg.example/calico/node:v3"
          volumeMounts: [{ name: sys-fs, mountPath: /sys/fs }]
      containers:
        - name: calico-node
          volumeMounts: [{ name: cni-bin-dir, mountPath: /host }]
          image: ${nodeImage}
          env:
            - { name: CALICO_IPV4POOL_IPIP, value: Always }
            - { name: KEPT, value: x }
          livenessProbe: { exec: { command: [/bin/calico-node, -felix-live, -bird-live] } }
          readinessProbe: { exec: { command: [/bin/calico-node, -felix-ready, -bird-ready] } }
      volumes:
        - { name: sys-fs }
        - { name: cni-bin-dir }
---
kind: Deployment
spec:
  template:
    spec:
      containers:
        - { name: calico-kube-controllers, image: "reg.example/calico/kube-controllers:v3" }
`;

describe('calicoManifest', () => {
  it('edits what has to differ and keeps the rest', () => {
    const [config, untouched, daemon, controllers] = parseAllDocuments(calicoManifest(manifest(), images)).map(
      (document) => document.toJS(),
    );
    expect(config.data).to.deep.equal({ calico_backend: 'vxlan', cni_network_config: '{ "mtu": __CNI_MTU__ }' });
    expect(untouched).to.deep.equal({ kind: 'CustomResourceDefinition', metadata: { name: 'untouched' } });

    const pod = daemon.spec.template.spec;
    expect(pod.initContainers).to.deep.equal([{ name: 'install-cni', image: 'own/cni:1', imagePullPolicy: 'Never' }]);
    expect(pod.volumes).to.deep.equal([{ name: 'cni-bin-dir' }]);
    const [node] = pod.containers;
    expect(node.image).to.equal('own/node:1');
    expect(node.resources.requests.cpu).to.equal('50m');
    expect(node.livenessProbe.exec.command).to.deep.equal(['/bin/calico-node', '-felix-live']);
    expect(node.readinessProbe.exec.command).to.deep.equal(['/bin/calico-node', '-felix-ready']);
    const env = Object.fromEntries(node.env.map(({ name, value }: { name: string; value: string }) => [name, value]));
    expect(env).to.include({ KEPT: 'x', CALICO_IPV4POOL_IPIP: 'Never', CALICO_IPV4POOL_VXLAN: 'CrossSubnet' });
    expect(env).to.include({ FELIX_DebugSkipCTLBCleanup: 'true', FELIX_XDPENABLED: 'false' });
    expect(node.env).to.have.length(Object.keys(env).length);

    expect(controllers.spec.template.spec.containers[0]).to.include({
      image: 'own/controllers:1',
      imagePullPolicy: 'Never',
    });
  });

  it('refuses a manifest with an image that it does not know', () => {
    expect(() => calicoManifest(manifest('reg.example/calico/other:v3'), images)).to.throw(
      'an image of a known name (reg.example/calico/other:v3)',
    );
  });
});

import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { kubeRouterManifest } from '../../../../../../src/adapters/images/source/kube-router/kube-router-manifest.ts';
import { ClusterError } from '../../../../../../src/core/diagnostics/errors.ts';

const manifest = (image: string): string => `kind: ConfigMap
apiVersion: v1
metadata: { name: kube-router-cfg }
---
kind: DaemonSet
apiVersion: apps/v1
metadata: { name: kube-router }
spec:
  template:
    spec:
      containers:
        - { name: kube-router, image: ${image}, imagePullPolicy: Always, args: [--run-firewall=true] }
      initContainers:
        - { name: install-cni, image: ${image}, imagePullPolicy: Always }
`;

describe("kube-router's manifest for the image built here", () => {
  it('names it everywhere, and never pulls', () => {
    const text = kubeRouterManifest(manifest('docker.io/cloudnativelabs/kube-router'), 'docker.io/netproof/k:1');
    const [, daemonSet] = parseAllDocuments(text).map((document) => document.toJS());
    const { initContainers, containers } = daemonSet.spec.template.spec;
    const own = { image: 'docker.io/netproof/k:1', imagePullPolicy: 'Never' };
    expect(initContainers[0]).to.include(own);
    expect(containers[0]).to.deep.include({ ...own, args: ['--run-firewall=true'] });
  });

  it('is refused when it names an image that is not built, or starts none', () => {
    expect(() => kubeRouterManifest(manifest('registry.test/other'), 'x')).to.throw(ClusterError, /other/);
    expect(() => kubeRouterManifest('kind: ConfigMap\n', 'x')).to.throw(ClusterError, /DaemonSet/);
  });
});

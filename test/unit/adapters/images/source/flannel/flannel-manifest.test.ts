import { expect } from 'chai';
import { parseAllDocuments } from 'yaml';
import { flannelManifest } from '../../../../../../src/adapters/images/source/flannel/flannel-manifest.ts';
import { ClusterError } from '../../../../../../src/core/diagnostics/errors.ts';

const manifest = (image: string): string => `kind: ConfigMap
apiVersion: v1
metadata: { name: kube-flannel-cfg }
data:
  cni-conf.json: |
    { "name": "cbr0", "cniVersion": "1.0.0", "plugins": [{ "type": "flannel" }] }
---
kind: DaemonSet
apiVersion: apps/v1
metadata: { name: kube-flannel-ds }
spec:
  template:
    spec:
      initContainers:
        - { name: install-cni-plugin, image: "registry.test/flannel-cni-plugin:v1", command: [cp] }
      containers:
        - { name: kube-flannel, image: "${image}" }
`;
const options = {
  images: { flannel: 'docker.io/netproof/flannel:1', 'flannel-cni-plugin': 'docker.io/netproof/cni:2' },
  cniVersion: '0.3.1',
};

describe("Flannel's manifest for images built here", () => {
  it('names them, never pulls, and states the CNI version that the program speaks', () => {
    const text = flannelManifest(manifest('registry.test/flannel:v1'), options);
    const [settings, daemonSet] = parseAllDocuments(text).map((document) => document.toJS());
    expect(JSON.parse(settings.data['cni-conf.json'])).to.deep.equal({
      name: 'cbr0',
      cniVersion: '0.3.1',
      plugins: [{ type: 'flannel' }],
    });
    const { initContainers, containers } = daemonSet.spec.template.spec;
    expect(initContainers[0]).to.deep.include({ image: 'docker.io/netproof/cni:2', command: ['cp'] });
    expect(containers[0]).to.include({ image: 'docker.io/netproof/flannel:1', imagePullPolicy: 'Never' });
  });

  it('is refused when it names an image that is not built', () => {
    expect(() => flannelManifest(manifest('registry.test/other:v1'), options)).to.throw(ClusterError, /other/);
  });
});

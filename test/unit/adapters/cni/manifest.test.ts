import { expect } from 'chai';
import { manifestImages, manifestObjects } from '../../../../src/adapters/cni/manifest.ts';
import { ClusterError } from '../../../../src/core/diagnostics/errors.ts';

const text = `---
# nothing here
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: agent}
---
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: agent, namespace: kube-system}
spec:
  template:
    spec:
      initContainers: [{name: install, image: x/cni:v1}]
      containers: [{name: agent, image: x/node:v1}, {name: more, image: x/cni:v1}]
`;

describe('manifests', () => {
  it('give their objects in order, without empty documents', () => {
    expect(manifestObjects(text, 'x').map(({ kind }) => kind)).to.deep.equal(['ServiceAccount', 'DaemonSet']);
  });

  it('name each image once, and none that a schema describes', () => {
    const schema = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: x}
spec: {versions: [{schema: {containers: [{image: described}]}}]}
---
`;
    expect(manifestImages(manifestObjects(schema + text, 'x'))).to.deep.equal(['x/cni:v1', 'x/node:v1']);
  });

  it('are refused when they hold something else, such as the page of a proxy', () => {
    for (const wrong of ['', '<html>log in</html>', '404: Not Found', 'kind: X\n', 'a: [\n']) {
      expect(() => manifestObjects(wrong, 'u'))
        .to.throw(ClusterError)
        .with.property('code', 'manifest-invalid');
    }
  });
});

import { expect } from 'chai';
import { manifestImages } from '../../../../src/adapters/cni/manifest.ts';
import { taggedImages } from '../../../../src/adapters/cni/tagged-images.ts';
import type { KubeObject } from '../../../../src/ports/cluster.ts';

const daemonSet = (containers: readonly object[]): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { name: 'agent' },
  spec: { template: { spec: { containers, initContainers: [{ name: 'install', image: 'registry.test/agent' }] } } },
});

describe('taggedImages', () => {
  it('gives the tag to the images that are named, and to no other', () => {
    const objects = [daemonSet([{ image: 'registry.test/agent', imagePullPolicy: 'Always' }, { image: 'other' }])];
    const tagged = taggedImages(objects, ['registry.test/agent'], 'v1.2.3');
    expect(manifestImages(tagged)).to.have.members(['registry.test/agent:v1.2.3', 'other']);
    expect(tagged).to.deep.equal([
      {
        ...daemonSet([]),
        spec: {
          template: {
            spec: {
              containers: [
                { image: 'registry.test/agent:v1.2.3', imagePullPolicy: 'IfNotPresent' },
                { image: 'other' },
              ],
              initContainers: [
                { name: 'install', image: 'registry.test/agent:v1.2.3', imagePullPolicy: 'IfNotPresent' },
              ],
            },
          },
        },
      },
    ]);
  });
});

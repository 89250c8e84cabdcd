import { expect } from 'chai';
import { nodeImage } from '../../../../../src/adapters/images/registry/node-image.ts';

describe('the published node image', () => {
  it('is pinned by digest for the versions that kind publishes it for, and for the default', () => {
    expect(nodeImage()).to.match(/^kindest\/node:v1\.37\.0@sha256:[0-9a-f]{64}$/);
    expect(nodeImage('v1.34.11')).to.match(/^kindest\/node:v1\.34\.11@sha256:[0-9a-f]{64}$/);
  });

  it('goes by its tag for other versions', () => {
    expect(nodeImage('v1.31.14')).to.equal('kindest/node:v1.31.14');
  });
});

import { expect } from 'chai';
import { qualifiedImage } from '../../../../src/adapters/images/image-set.ts';

describe('qualifiedImage', () => {
  const names: readonly (readonly [string, string])[] = [
    ['alpine:3.22', 'docker.io/library/alpine:3.22'],
    ['calico/node:v3.28.5', 'docker.io/calico/node:v3.28.5'],
    ['docker.io/calico/node:v3.28.5', 'docker.io/calico/node:v3.28.5'],
    ['quay.io/calico/node:v3.30.0', 'quay.io/calico/node:v3.30.0'],
    ['localhost/x:1', 'localhost/x:1'],
    ['registry:5000/x:1', 'registry:5000/x:1'],
  ];
  for (const [name, qualified] of names) {
    it(`${name} is ${qualified}`, () => expect(qualifiedImage(name)).to.equal(qualified));
  }
});

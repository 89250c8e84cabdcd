import { expect } from 'chai';
import fc from 'fast-check';
import { fullName, splitName } from '../../../../src/core/model/pod-name.ts';

const label = fc.stringMatching(/^[a-z0-9](?:[-a-z0-9]{0,20}[a-z0-9])?$/);

describe('a name with its namespace', () => {
  it('comes apart into what it was made of', () => {
    fc.assert(
      fc.property(fc.record({ namespace: label, name: label }, { noNullPrototype: true }), (parts) => {
        expect(splitName(fullName(parts))).to.deep.equal(parts);
      }),
    );
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { capabilityNames, missingCapabilities } from '../../../../src/adapters/container-engine/capabilities.ts';

const status = (mask: bigint) =>
  `Name:\tnode\nCapEff:\t0000000000000000\nCapBnd:\t${mask.toString(16).padStart(16, '0')}\nCapAmb:\t0000000000000000\n`;

describe('missingCapabilities', () => {
  it('finds none on a whole bounding set', () => {
    expect(missingCapabilities(status(0x1ffffffffffn), '40\n')).to.deep.equal([]);
  });

  it('finds the one that is not in the bounding set, whatever is effective', () => {
    expect(missingCapabilities(status(0x1fffeffffffn), '40\n')).to.deep.equal(['CAP_SYS_RESOURCE']);
  });

  it('leaves out capabilities that an older kernel does not know', () => {
    expect(missingCapabilities(status(0x3fffffffffn), '37\n')).to.deep.equal([]);
  });

  it('names exactly the bits that are not set', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 0x1ffffffffffn }), (mask) => {
        const missing = new Set(missingCapabilities(status(mask), '40\n'));
        capabilityNames.forEach((name, bit) => {
          expect(missing.has(name)).to.equal(((mask >> BigInt(bit)) & 1n) === 0n);
        });
      }),
    );
  });

  it('claims nothing when the kernel tells no bounding set', () => {
    expect(missingCapabilities('Name:\tnode\n', '40\n')).to.deep.equal([]);
  });
});

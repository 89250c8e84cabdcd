import { expect } from 'chai';
import { type Address, familyOf, parseAddress } from '../../../../src/core/model/address.ts';
import { cidrContains, parseCidr } from '../../../../src/core/model/cidr.ts';

const v4 = (value: bigint): Address => ({ family: 'IPv4', value });
const v6 = (value: bigint): Address => ({ family: 'IPv6', value });

describe('an address', () => {
  const read: Readonly<Record<string, Address>> = {
    '0.0.0.0': v4(0n),
    '1.22.133.255': v4(0x011685ffn),
    '249.250.99.100': v4(0xf9fa6364n),
    '::1.22.133.255': v6(0x011685ffn),
    '::249.250.99.100': v6(0xf9fa6364n),
    '::ffff:249.250.99.100': v4(0xf9fa6364n),
    '1:2:3:4:5:6:7.8.9.10': v6(0x0001_0002_0003_0004_0005_0006_0708_090an),
    'FD00::a': v6((0xfd00n << 112n) | 10n),
  };
  for (const [text, address] of Object.entries(read)) {
    it(`written ${text} is read`, () => expect(parseAddress(text)).to.deep.equal(address));
  }

  const refused = {
    'an octet above 255 in one of its places': [
      '256.0.0.1',
      '10.0.0.256',
      '::10.256.0.1',
      '::10.0.0.256',
      '::10.0.300.1',
    ],
    'a leading zero before the dots': ['::010.0.0.1', '::ffff:01.2.3.4', '::00.0.0.1'],
    'a letter before the dots': ['::a10.0.0.1', '1:2:3:4:5:6:f1.2.3.4', 'a1.2.3.4'],
    'dots before colons': ['10.0.0.1::', '::10.0.0.1:0'],
  };
  for (const [what, texts] of Object.entries(refused)) {
    it(`with ${what} is none`, () => {
      for (const text of texts) expect(parseAddress(text), text).to.equal(undefined);
    });
  }

  it('is of the family that its text shows', () => {
    expect(familyOf('10.0.0.1')).to.equal('IPv4');
    expect(familyOf('fd00::1')).to.equal('IPv6');
  });
});

describe('a CIDR', () => {
  it('is an address, a slash and a number of its bits', () => {
    expect(parseCidr('10.0.0.0/8')?.base).to.deep.equal(v4(0x0a000000n));
    for (const text of ['10.0.0/8', 'ten/8', '::10.0.0.256/8', '/8', '10.0.0.0', '10.0.0.0/', '8', '/', '']) {
      expect(parseCidr(text), text).to.equal(undefined);
    }
  });

  it('holds no address of the other family, not even one with the same number', () => {
    const [narrow, wide] = [parseCidr('10.0.0.0/8')!, parseCidr('::/0')!];
    expect(cidrContains(narrow, parseAddress('10.0.0.1')!)).to.equal(true);
    expect(cidrContains(narrow, parseAddress('::10.0.0.1')!)).to.equal(false);
    expect(cidrContains(wide, parseAddress('10.0.0.1')!)).to.equal(false);
  });
});

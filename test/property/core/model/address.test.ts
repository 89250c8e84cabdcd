import { isIP } from 'node:net';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { parseAddress } from '../../../../src/core/model/address.ts';
import { cidrContains, parseCidr } from '../../../../src/core/model/cidr.ts';
import { addressText } from '../../../../src/core/oracle/address-text.ts';
import { blocksHold, compileBlocks } from '../../../../src/core/oracle/compiled/blocks.ts';
import { blockHolds } from '../../../../src/core/oracle/reference.ts';

const ipv4 = fc.ipV4();
const ipv6 = fc.ipV6();
const nearlyAddress = fc.oneof(
  ipv4,
  ipv6,
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef.:x%/ -'), maxLength: 24 }),
  fc.tuple(ipv4, fc.constantFrom('0', '.', ':', ' ', '%1')).map(([text, more]) => text + more),
  fc.tuple(fc.constantFrom('0', '0x', '::', '::ffff:', ' '), ipv4).map(([more, text]) => more + text),
);

describe('addresses', () => {
  it("are read as Node's own parser reads them, without zones", () => {
    fc.assert(
      fc.property(nearlyAddress, (text) => {
        const family = text.includes('%') ? 0 : isIP(text);
        const read = parseAddress(text);
        expect(read === undefined ? 0 : 1, text).to.equal(family === 0 ? 0 : 1);
        if (family === 4) expect(read?.family).to.equal('IPv4');
      }),
      { numRuns: 5000 },
    );
  });

  it('are printed so that they read back the same', () => {
    fc.assert(
      fc.property(fc.oneof(ipv4, ipv6), (text) => {
        const read = parseAddress(text)!;
        expect(parseAddress(addressText(read))).to.deep.equal(read);
      }),
    );
  });

  it('of shapes that are easily mistaken are none', () => {
    for (const text of [
      '010.0.0.1',
      '10.1',
      '0x0a000001',
      '167772161',
      '1.2.3.4.5',
      '1.2.3.256',
      'fe80::1%eth0',
      '',
      ':',
      ':::',
      '1::2::3',
      '10.0.0.1/8',
      '12345::',
    ]) {
      expect(parseAddress(text), text).to.equal(undefined);
    }
    expect(parseAddress('::ffff:10.0.0.1')).to.deep.equal(parseAddress('10.0.0.1'));
  });
});

describe('CIDRs', () => {
  it('hold what has their first bits', () => {
    fc.assert(
      fc.property(ipv4, ipv4, fc.integer({ min: 0, max: 32 }), (a, b, prefix) => {
        const bits = (text: string) =>
          text
            .split('.')
            .map((part) => Number(part).toString(2).padStart(8, '0'))
            .join('');
        const cidr = parseCidr(`${a}/${prefix}`)!;
        expect(cidrContains(cidr, parseAddress(b)!)).to.equal(bits(a).slice(0, prefix) === bits(b).slice(0, prefix));
        expect(cidr.hostBits).to.equal(bits(a).slice(prefix).includes('1'));
      }),
    );
  });

  it('of shapes that are easily mistaken are none', () => {
    for (const text of [
      '10.0.0.0',
      '10.0.0.0/',
      '10.0.0.0/33',
      '10.0.0.0/08',
      '10.0.0.0/-1',
      '10.0.0.0/8/8',
      '::/129',
      '/8',
      '10.0.0.0/ 8',
      '::ffff:10.0.0.0/90',
    ]) {
      expect(parseCidr(text), text).to.equal(undefined);
    }
    expect(parseCidr('::ffff:10.0.0.0/104')).to.deep.include({ prefix: 8, mapped: true });
    expect(parseCidr('::10.0.0.0/128')).to.deep.include({ prefix: 128, mapped: false });
    expect(parseCidr('::10.0.0.0/128')?.base).to.deep.equal({ family: 'IPv6', value: 0x0a000000n });
    expect(parseCidr('64:ff9b::10.0.0.1/128')?.base).to.deep.equal(parseAddress('64:ff9b::a00:1'));
    expect(parseAddress('::256.0.0.1')).to.equal(undefined);
    expect(parseCidr('::/0')).to.deep.include({ prefix: 0, mapped: false });
  });
});

describe('compiled blocks', () => {
  it('hold the same addresses as the blocks read one by one', () => {
    const range = fc.tuple(ipv4, fc.integer({ min: 0, max: 32 })).map(([address, prefix]) => `${address}/${prefix}`);
    const block = fc.record({ cidr: range, except: fc.array(range, { maxLength: 4 }) });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), ipv4, (blocks, text) => {
        const compiled = compileBlocks(blocks);
        const edges = blocks.flatMap(({ cidr, except }) => [cidr, ...except].map((each) => parseCidr(each)!.base));
        for (const address of [
          parseAddress(text)!,
          ...edges,
          ...edges.map((each) => ({ ...each, value: each.value - 1n })),
        ]) {
          const literal = blocks.some((each) => blockHolds(each, address, false));
          expect(blocksHold(compiled, address, false)).to.equal(literal);
        }
      }),
      { numRuns: 500 },
    );
  });
});

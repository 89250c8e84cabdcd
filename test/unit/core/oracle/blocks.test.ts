import { expect } from 'chai';
import { parseAddress } from '../../../../src/core/model/address.ts';
import type { IpBlock } from '../../../../src/core/model/policy.ts';
import { blocksHold, compileBlocks } from '../../../../src/core/oracle/compiled/blocks.ts';
import { blockHolds } from '../../../../src/core/oracle/reference.ts';
import type { SeenAddress } from '../../../../src/core/oracle/tier.ts';

/** Whether blocks hold an address, where the reference and the compiled form agree on it. */
function hold(blocks: readonly IpBlock[], address: SeenAddress, unknownMatches = false): boolean {
  const literal = blocks.some((block) => blockHolds(block, address, unknownMatches));
  expect(blocksHold(compileBlocks(blocks), address, unknownMatches)).to.equal(literal);
  return literal;
}

/** Expects of each address, and of nothing else in the list, that the blocks hold it. */
function table(title: string, blocks: readonly IpBlock[], held: readonly string[], others: readonly string[]): void {
  it(title, () => {
    for (const text of held) expect(hold(blocks, parseAddress(text)!), text).to.equal(true);
    for (const text of others) expect(hold(blocks, parseAddress(text)!), text).to.equal(false);
  });
}

describe('ipBlocks of known addresses', () => {
  table(
    'hold the first and the last address of their range, and none beside them',
    [{ cidr: '10.0.0.0/24' }],
    ['10.0.0.0', '10.0.0.255'],
    ['9.255.255.255', '10.0.1.0', '::10.0.0.1'],
  );
  table(
    'do not hold their excepts, be they the first or the last address',
    [{ cidr: '10.0.0.0/24', except: ['10.0.0.0/32', '10.0.0.7/32', '10.0.0.255/32'] }],
    ['10.0.0.1', '10.0.0.6', '10.0.0.8', '10.0.0.254'],
    ['10.0.0.0', '10.0.0.7', '10.0.0.255'],
  );
  table(
    'hold what one of them excepts and another does not',
    [{ cidr: '10.0.0.0/24', except: ['10.0.0.0/25'] }, { cidr: '10.0.0.8/29' }],
    ['10.0.0.8', '10.0.0.15', '10.0.0.128'],
    ['10.0.0.7', '10.0.0.16', '10.0.0.127'],
  );
  table(
    'lose nothing to an except of the other family, not even of the same number',
    [{ cidr: '10.0.0.0/8', except: ['::10.0.0.0/104'] }],
    ['10.0.0.0', '10.255.255.255'],
    ['::10.0.0.0'],
  );
  table(
    'whose CIDR cannot be read hold nothing, and an except that cannot be read takes nothing away',
    [{ cidr: 'ten' }, { cidr: '10.0.0.0/24', except: ['eleven'] }],
    ['10.0.0.1'],
    ['11.0.0.1', '::1'],
  );
});

describe('ipBlocks of an address that is not known', () => {
  const unknown = { family: 'IPv4', value: undefined } as const;
  const verdicts = (blocks: readonly IpBlock[]) => [hold(blocks, unknown, false), hold(blocks, unknown, true)];

  it('hold it where one of them holds every address of its family', () => {
    expect(verdicts([{ cidr: '0.0.0.0/0' }])).to.deep.equal([true, true]);
    expect(verdicts([{ cidr: '10.0.0.0/8' }, { cidr: '0.0.0.0/0' }])).to.deep.equal([true, true]);
  });

  it('may hold it where they hold some', () => {
    expect(verdicts([{ cidr: '10.0.0.0/8' }])).to.deep.equal([false, true]);
    expect(verdicts([{ cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] }])).to.deep.equal([false, true]);
  });

  it('never hold it where they are of the other family, or cannot be read', () => {
    expect(verdicts([{ cidr: '::/0' }])).to.deep.equal([false, false]);
    expect(verdicts([{ cidr: 'ten' }])).to.deep.equal([false, false]);
  });
});

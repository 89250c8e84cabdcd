import { expect } from 'chai';
import {
  type Interval,
  inIntervals,
  mergeIntervals,
  subtractIntervals,
} from '../../../../src/core/oracle/compiled/intervals.ts';

/** `1-5 7-9` as ranges. */
const ranges = (text: string): readonly Interval<bigint>[] =>
  text
    .split(' ')
    .filter((each) => each !== '')
    .map((each) => {
      const [low = '', high = ''] = each.split('-');
      return { low: BigInt(low), high: BigInt(high) };
    });
const written = (of: readonly Interval<bigint>[]) => of.map(({ low, high }) => `${low}-${high}`).join(' ');

describe('ranges', () => {
  const unions = {
    '': '',
    '7-9 1-5': '1-5 7-9',
    '1-5 5-9': '1-9',
    '1-5 2-9': '1-9',
    '1-9 3-5': '1-9',
    '1-9 1-3 1-9': '1-9',
    '1-3 5-7 2-6 9-9': '1-7 9-9',
  };
  for (const [text, union] of Object.entries(unions)) {
    it(`${text || 'none'} have the union ${union || 'none'}`, () =>
      expect(written(mergeIntervals(ranges(text)))).to.equal(union));
  }

  const remainders = {
    '': '10-20',
    '12-14': '10-11 15-20',
    '10-14': '15-20',
    '5-14': '15-20',
    '10-10': '11-20',
    '14-20': '10-13',
    '14-25': '10-13',
    '20-20': '10-19',
    '10-20': '',
    '5-25': '',
    '1-9 21-30': '10-20',
    '12-13 15-16': '10-11 14-14 17-20',
  };
  for (const [holes, left] of Object.entries(remainders)) {
    it(`10-20 without ${holes || 'any'} leave ${left || 'none'}`, () =>
      expect(written(subtractIntervals({ low: 10n, high: 20n }, ranges(holes)))).to.equal(left));
  }

  it('hold their ends and what is between them', () => {
    const held = (text: string) => [...Array(12).keys()].filter((value) => inIntervals(ranges(text), BigInt(value)));
    expect(held('')).to.deep.equal([]);
    expect(held('2-4')).to.deep.equal([2, 3, 4]);
    expect(held('1-2 4-4 7-9')).to.deep.equal([1, 2, 4, 7, 8, 9]);
  });
});

import { expect } from 'chai';
import { formatElapsed } from '../../../src/reporters/elapsed.ts';

describe('formatElapsed', () => {
  const examples: readonly (readonly [number, string])[] = [
    [0, '0.0 s'],
    [3_240, '3.2 s'],
    [9_949, '9.9 s'],
    [9_950, '10 s'],
    [59_499, '59 s'],
    [59_500, '1 min 00 s'],
    [63_000, '1 min 03 s'],
    [3_599_499, '59 min 59 s'],
    [3_599_500, '1 h 00 min'],
    [3_720_000, '1 h 02 min'],
  ];
  for (const [ms, text] of examples) {
    it(`prints ${ms} ms as ${text}`, () => expect(formatElapsed(ms)).to.equal(text));
  }
});

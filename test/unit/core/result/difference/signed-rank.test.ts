import { expect } from 'chai';
import { FEWEST_PAIRS, signedRank } from '../../../../../src/core/result/difference/signed-rank.ts';

describe('the signed-rank test', () => {
  it('agrees with a published example (Cramer 1946, plants of maize): 0.041 exact, 0.044 approximated', () => {
    const differences = [6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75];
    expect(signedRank(differences)).to.be.closeTo(0.0438, 0.0002);
    expect(signedRank(differences.map((each) => -each))).to.equal(signedRank(differences));
  });

  it('finds nothing in balanced differences, much in one-sided ones', () => {
    const balanced = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 1 : -1) * (1 + Math.floor(index / 2)));
    expect(signedRank(balanced)).to.be.greaterThan(0.9);
    expect(signedRank(Array.from({ length: 20 }, (_, index) => index + 1))).to.be.lessThan(0.0002);
  });

  it('gives equal differences their mean rank, and leaves zeros out', () => {
    const tied = Array.from({ length: 12 }, () => 5);
    expect(signedRank(tied)).to.be.lessThan(0.001);
    expect(signedRank([...tied, 0, 0])).to.equal(signedRank(tied));
  });

  it('says nothing of too few', () => {
    expect(signedRank(Array.from({ length: FEWEST_PAIRS - 1 }, () => 3))).to.equal(undefined);
    expect(signedRank(Array.from({ length: 30 }, () => 0))).to.equal(undefined);
  });
});

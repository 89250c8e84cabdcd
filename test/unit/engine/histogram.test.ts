import { expect } from 'chai';
import { spreadOf } from '../../../src/core/result/spread.ts';
import { Histogram } from '../../../src/engine/histogram.ts';

describe('a histogram', () => {
  it('has the percentiles of its values, 9 % too high at most, and their maximum', () => {
    const values = Array.from({ length: 5_000 }, (_, index) => 0.02 * 1.002 ** index);
    const histogram = new Histogram();
    for (const value of values) histogram.add(value);
    const [exact, found] = [spreadOf(values)!, histogram.spread()!];
    for (const which of ['p50', 'p95'] as const) {
      expect(found[which]).to.be.within(exact[which], exact[which] * 1.0906);
    }
    expect(found.max).to.equal(exact.max);
  });

  it('has none without values, and takes zeros', () => {
    const histogram = new Histogram();
    expect(histogram.spread()).to.equal(null);
    histogram.add(0);
    expect(histogram.spread()).to.deep.equal({ p50: 0, p95: 0, max: 0 });
  });
});

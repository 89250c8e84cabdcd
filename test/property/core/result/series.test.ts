import { expect } from 'chai';
import fc from 'fast-check';
import type { Outcome } from '../../../../src/core/matrix/outcome.ts';
import { encodeSeries } from '../../../../src/core/result/series.ts';
import { anAttempt } from '../../../support/judge/step.ts';

const outcome = fc.constantFrom<Outcome>('open', 'dropped', 'refused', 'inconclusive');
const series = fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), outcome), { maxLength: 60 });

describe('a run-length coded series', () => {
  it('keeps outcomes, counts and times, whatever the order of the attempts', () => {
    fc.assert(
      fc.property(series, fc.integer({ min: 0, max: 500 }), (pairs, zeroMs) => {
        const attempts = pairs.map(([sentMs, kind]) => anAttempt(sentMs, kind));
        const sorted = attempts.toSorted((a, b) => a.sentMs - b.sentMs);
        const runs = encodeSeries(attempts, zeroMs);
        expect(runs.flatMap(([kind, count]) => Array<Outcome>(count).fill(kind))).to.deep.equal(
          sorted.map((attempt) => attempt.outcome),
        );
        let at = 0;
        for (const [index, [kind, count, firstMs, lastMs]] of runs.entries()) {
          expect(sorted[at]!.sentMs - zeroMs).to.equal(firstMs);
          expect(sorted[at + count - 1]!.sentMs - zeroMs).to.equal(lastMs);
          expect(runs[index + 1]?.[0]).to.not.equal(kind);
          at += count;
        }
      }),
    );
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { Alignment } from '../../../../../src/adapters/prober/agent/alignment.ts';

const delay = fc.double({ min: 0, max: 200, noNaN: true });
const trips = fc.array(fc.record({ out: delay, back: delay, pause: fc.double({ min: 0, max: 5000, noNaN: true }) }), {
  minLength: 1,
  maxLength: 60,
});

describe('the alignment of clocks', () => {
  it('is never wrong by more than it says, whatever the delays and a drift of 500 ppm each', () => {
    const drift = fc.double({ min: -0.001, max: 0.001, noNaN: true });
    const offset = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(trips, drift, offset, (rounds, rate, start) => {
        const alignment = new Alignment();
        const agentAt = (ours: number): number => start + ours * (1 + rate);
        let now = 0;
        for (const { out, back, pause } of rounds) {
          const askedMs = now;
          alignment.add({ askedMs, agentMs: agentAt(askedMs + out), answeredMs: askedMs + out + back });
          now = askedMs + out + back + pause;
          const { offsetMs, errorMs } = alignment.at(now)!;
          // A trip itself drifts a little while it is under way.
          expect(Math.abs(agentAt(now) + offsetMs - now)).to.be.at.most(errorMs + (out + back) * 0.001 + 0.5);
        }
      }),
    );
  });

  it('prefers the shortest of fresh round trips', () => {
    const alignment = new Alignment();
    alignment.add({ askedMs: 0, answeredMs: 100, agentMs: 10 });
    alignment.add({ askedMs: 100, answeredMs: 102, agentMs: 101 });
    alignment.add({ askedMs: 110, answeredMs: 170, agentMs: 112 });
    expect(alignment.at(170)).to.deep.equal({ offsetMs: 0, errorMs: 1 + 68 * 0.001 });
  });
});

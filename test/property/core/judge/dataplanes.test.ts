import { expect } from 'chai';
import fc from 'fast-check';
import { judgeStep } from '../../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/judge/limits.ts';
import type { StepRecord } from '../../../../src/core/judge/record.ts';
import type { CellVerdict } from '../../../../src/core/judge/verdict.ts';
import { BUDGET_MS, CELLS, correct, type Dataplane, simulate, type Timing } from '../../../support/judge/dataplane.ts';
import { healthy } from '../../../support/judge/step.ts';

/** A step whose enforcement begins between request and the end of the budget, sampled densely by a skewed clock. */
const timing: fc.Arbitrary<Timing> = fc
  .record({
    answerAfter: fc.integer({ min: 1, max: 400 }),
    enforcedAfter: fc.integer({ min: 5, max: BUDGET_MS - 100 }),
    everyMs: fc.integer({ min: 10, max: 40 }),
    errorMs: fc.integer({ min: 0, max: 4 }),
    skew: fc.double({ min: -1, max: 1, noNaN: true }),
    seed: fc.integer({ min: 1, max: 1_000_000 }),
  })
  .map(({ answerAfter, enforcedAfter, everyMs, errorMs, skew, seed }) => ({
    sentMs: 1000,
    answeredMs: 1000 + answerAfter,
    enforcedMs: 1000 + enforcedAfter,
    everyMs,
    errorMs,
    skewMs: errorMs * skew,
    seed,
  }));

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const anyCell = fc.constantFrom(...Object.values(CELLS));
const openCell = fc.constantFrom(CELLS.opens, CELLS.staysOpen);
const closedCell = fc.constantFrom(CELLS.closes, CELLS.staysClosed);

const judge = (record: StepRecord): CellVerdict => judgeStep(record, DEFAULT_LIMITS).cells[0]!;
const codes = ({ reasons }: CellVerdict) => reasons.map(({ code }) => code);
const share_ = ({ contrary, known }: CellVerdict) => contrary / known;

/** When both the change was answered and the dataplane enforces it, and settling must have been seen. */
const settledBy = ({ answeredMs, enforcedMs, everyMs, errorMs }: Timing) =>
  Math.max(answeredMs, enforcedMs) + everyMs + 3 * errorMs + 1;

describe('a dataplane that', () => {
  it('enforces passes, and the true length lies in the interval that is stated', () => {
    fc.assert(
      fc.property(anyCell, timing, (planned, when) => {
        const verdict = judge(simulate(planned, when, correct));
        expect(verdict.status).to.equal('pass');
        const length = planned === CELLS.closes ? verdict.exposure : verdict.outage;
        if (planned.before === planned.expected) {
          expect(length).to.equal(undefined);
          return;
        }
        expect(length?.atLeastMs).to.be.at.most(when.enforcedMs - when.sentMs);
        expect(length?.atMostMs).to.be.at.least(when.enforcedMs - when.sentMs);
        expect(length?.resolutionMs).to.be.at.most(when.everyMs + 2 * when.errorMs + 1e-9);
        expect(verdict.settledMs).to.be.at.most(settledBy(when) - when.sentMs);
      }),
    );
  });

  it('drops most connections of an open cell is seen to drop that share', () => {
    fc.assert(
      fc.property(openCell, timing, share(0.5, 0.95), (planned, when, dropped) => {
        const drops: Dataplane = (open, _, random) => ({ outcome: open && random() >= dropped ? 'open' : 'dropped' });
        const verdict = judge(simulate(planned, { ...when, enforcedMs: when.answeredMs }, drops));
        expect(verdict.status).to.equal('fail');
        expect(verdict.observed).to.equal('dropped');
        expect(share_(verdict)).to.be.closeTo(dropped, 0.2);
      }),
    );
  });

  it('leaks one connection of ten through a closed cell is seen to leak that share', () => {
    fc.assert(
      fc.property(closedCell, timing, share(0.08, 0.15), (planned, when, leaked) => {
        const leaks: Dataplane = (open, _, random) => ({ outcome: open || random() < leaked ? 'open' : 'dropped' });
        const verdict = judge(simulate(planned, { ...when, enforcedMs: when.answeredMs }, leaks));
        expect(verdict.status).to.equal('fail');
        expect(verdict.observed).to.equal('open');
        expect(share_(verdict)).to.be.closeTo(leaked, 0.1);
      }),
    );
  });

  it('flaps for 100 or 400 ms fails at the time of the flap', () => {
    fc.assert(
      fc.property(
        anyCell,
        timing,
        fc.constantFrom(100, 400),
        fc.integer({ min: 0, max: 1000 }),
        (planned, when, ms, later) => {
          const fromMs = settledBy(when) + DEFAULT_LIMITS.graceMs + when.everyMs + later;
          const flaps: Dataplane = (open, atMs) => ({
            outcome: open === (atMs < fromMs || atMs >= fromMs + ms) ? 'open' : 'dropped',
          });
          const verdict = judge(simulate(planned, when, flaps));
          expect(codes(verdict)).to.deep.equal([planned.before === planned.expected ? 'contrary' : 'flap']);
          const first = verdict.reasons[0];
          if (first?.code !== 'flap' && first?.code !== 'contrary') return;
          expect(first.attempt.sentMs).to.be.within(fromMs - when.errorMs, fromMs + when.everyMs + when.errorMs);
        },
      ),
    );
  });

  it('flaps inside the budget passes where the step allows it', () => {
    fc.assert(
      fc.property(anyCell, timing, fc.integer({ min: 0, max: 400 }), (planned, when, ms) => {
        const early = { ...when, enforcedMs: Math.min(when.enforcedMs, 2500) };
        const flapping = (atMs: number) => atMs >= early.enforcedMs && atMs < early.enforcedMs + ms;
        const flaps: Dataplane = (open, atMs) => ({ outcome: open === !flapping(atMs) ? 'open' : 'dropped' });
        expect(judge(simulate(planned, early, flaps, { flapsAllowed: true })).status).to.equal('pass');
      }),
    );
  });

  it('answers as somebody else is misrouting, whatever was expected', () => {
    fc.assert(
      fc.property(anyCell, timing, share(0.05, 1), (planned, when, wrong) => {
        const swaps: Dataplane = (open, atMs, random) =>
          random() < wrong ? { outcome: 'misrouted', answeredBy: 'z/c' } : correct(open, atMs, random);
        const verdict = judge(simulate(planned, when, swaps));
        expect(codes(verdict)[0]).to.equal('misrouted');
        expect(verdict.observed).to.equal('misrouted');
      }),
    );
  });

  it('resets fails an open cell, enforces a closed one at a live port, and proves nothing at a dead one', () => {
    const dead = new Map([
      ['x/a', healthy('x/a')],
      ['y/b', healthy('y/b', { bound: new Map() })],
    ]);
    const resets: Dataplane = (open) => ({ outcome: open ? 'open' : 'refused' });
    fc.assert(
      fc.property(timing, (when) => {
        const always: Dataplane = () => ({ outcome: 'refused' });
        expect(judge(simulate(CELLS.staysOpen, when, always)).status).to.equal('fail');
        expect(codes(judge(simulate(CELLS.opens, when, always)))).to.deep.equal(['never-settled']);
        expect(judge(simulate(CELLS.closes, when, resets)).status).to.equal('pass');
        expect(judge(simulate(CELLS.closes, when, resets, { agents: dead })).status).to.equal('inconclusive');
        expect(judge(simulate(CELLS.staysOpen, when, always, { agents: dead })).status).to.equal('inconclusive');
      }),
    );
  });

  it('enforces after the budget is late', () => {
    const changing = fc.constantFrom(CELLS.closes, CELLS.opens);
    fc.assert(
      fc.property(changing, timing, fc.integer({ min: 60, max: 1500 }), (planned, when, lateMs) => {
        const enforcedMs = when.answeredMs + BUDGET_MS + lateMs;
        const verdict = judge(simulate(planned, { ...when, enforcedMs }, correct));
        expect(codes(verdict)).to.deep.equal(['late']);
        expect(verdict.settledMs).to.be.within(
          enforcedMs - when.sentMs - when.errorMs,
          enforcedMs - when.sentMs + when.everyMs + when.errorMs,
        );
      }),
    );
  });

  it('never enforces never settles', () => {
    const changing = fc.constantFrom(CELLS.closes, CELLS.opens);
    fc.assert(
      fc.property(changing, timing, (planned, when) => {
        const verdict = judge(simulate(planned, { ...when, enforcedMs: Number.POSITIVE_INFINITY }, correct));
        expect(codes(verdict)).to.deep.equal(['never-settled']);
        expect(share_(verdict)).to.equal(1);
      }),
    );
  });

  it('enforces before the change was sent fails', () => {
    const changing = fc.constantFrom(CELLS.closes, CELLS.opens);
    fc.assert(
      fc.property(changing, timing, fc.integer({ min: 0, max: 400 }), (planned, when, enforcedMs) => {
        const verdict = judge(simulate(planned, { ...when, enforcedMs }, correct));
        expect(codes(verdict)).to.deep.equal(['contrary-before']);
      }),
    );
  });

  it('denies everything, or allows everything, fails where it differs and only there', () => {
    fc.assert(
      fc.property(anyCell, timing, fc.boolean(), (planned, when, open) => {
        const verdict = judge(simulate(planned, when, () => ({ outcome: open ? 'open' : 'dropped' })));
        const state = open ? 'open' : 'closed';
        const right = planned.before === state && planned.expected === state;
        expect(verdict.status).to.equal(right ? 'pass' : 'fail');
      }),
    );
  });

  it('drops while the agents are late is not known, never a failure', () => {
    const late = fc.constantFrom<(record: StepRecord) => Partial<StepRecord>>(
      ({ agents }) => ({ agents: unknownIn(agents, 'x/a') }),
      ({ agents }) => ({ agents: unknownIn(agents, 'y/b') }),
      ({ series }) => ({ series: series.map(({ planned, attempts }) => ({ planned, attempts: attempts.map(tardy) })) }),
    );
    fc.assert(
      fc.property(openCell, timing, late, (planned, when, makeLate) => {
        const record = simulate(planned, when, () => ({ outcome: 'dropped' }));
        expect(judge({ ...record, ...makeLate(record) }).status).to.equal('inconclusive');
      }),
    );
  });

  it('leaks while the agents are late fails all the same', () => {
    fc.assert(
      fc.property(closedCell, timing, (planned, when) => {
        const record = simulate(planned, when, () => ({ outcome: 'open', latenessMs: 5000 }));
        expect(judge({ ...record, agents: unknownIn(record.agents, 'x/a') }).status).to.equal('fail');
      }),
    );
  });
});

const tardy = (attempt: StepRecord['series'][number]['attempts'][number]) => ({ ...attempt, latenessMs: 101 });

function unknownIn(agents: StepRecord['agents'], pod: string): StepRecord['agents'] {
  const unknown = [{ fromMs: 0, toMs: 100_000, reason: 'starved' }];
  return new Map([...agents].map(([name, agent]) => [name, name === pod ? { ...agent, unknown } : agent]));
}

import { expect } from 'chai';
import { judgeStep } from '../../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/judge/limits.ts';
import type { StepRecord } from '../../../../src/core/judge/record.ts';
import type { CellVerdict } from '../../../../src/core/judge/verdict.ts';
import type { Attempt } from '../../../../src/core/matrix/outcome.ts';
import type { PlannedCell } from '../../../../src/core/scenario/planned-step.ts';
import { anAttempt, aPlan, aRecord, attempts, healthy, TIMES } from '../../../support/judge/step.ts';

const CLOSES = aPlan({ before: 'open', expected: 'closed' });
const OPENS = aPlan({ before: 'closed', expected: 'open' });
const STAYS_OPEN = aPlan();
const STAYS_CLOSED = aPlan({ before: 'closed', expected: 'closed' });

function judge(planned: PlannedCell, series: readonly Attempt[], over: Partial<StepRecord> = {}): CellVerdict {
  return judgeStep(aRecord([{ planned, attempts: series }], over), DEFAULT_LIMITS).cells[0]!;
}

/** A cell that was open and is closed from `fromMs` on. */
const closedFrom = (fromMs: number) => attempts(0, 9000, (sentMs) => (sentMs < fromMs ? 'open' : 'dropped'));
const openFrom = (fromMs: number) => attempts(0, 9000, (sentMs) => (sentMs < fromMs ? 'dropped' : 'open'));

describe('a cell that must close', () => {
  it('passes when it closes inside the budget; settle and exposure are counted from the sending of the change', () => {
    const verdict = judge(CLOSES, closedFrom(1310));
    expect(verdict.status).to.equal('pass');
    expect(verdict.settledMs).to.equal(325);
    expect(verdict.exposure).to.deep.equal({ atLeastMs: 300, atMostMs: 325, resolutionMs: 25 });
    expect(verdict.outage).to.equal(undefined);
    expect(verdict.observed).to.equal('dropped');
    expect(verdict.excludedLeak).to.be.closeTo(1 - 0.05 ** (1 / 40), 1e-12);
  });

  it('passes when it closes before the answer of the API server; it settles after it', () => {
    const verdict = judge(CLOSES, closedFrom(1010));
    expect(verdict.status).to.equal('pass');
    expect(verdict.settledMs).to.equal(125);
    expect(verdict.exposure).to.deep.equal({ atLeastMs: 0, atMostMs: 25, resolutionMs: 25 });
  });

  it('fails when it closed before the change was sent', () => {
    const verdict = judge(CLOSES, closedFrom(300));
    expect(verdict.reasons.map(({ code }) => code)).to.deep.equal(['contrary-before']);
    expect(verdict.status).to.equal('fail');
  });

  it('is late when it closes after the budget', () => {
    const verdict = judge(CLOSES, closedFrom(6500));
    expect(verdict.status).to.equal('fail');
    expect(verdict.reasons[0]).to.deep.include({ code: 'late', settledMs: 5500, budgetMs: 5000 });
    expect(verdict.reasons[0]).to.have.nested.property('attempt.sentMs', 6475);
    expect(verdict.observed).to.equal('open');
  });

  it('never settles when it stays open', () => {
    const verdict = judge(CLOSES, closedFrom(Number.POSITIVE_INFINITY));
    expect(verdict.status).to.equal('fail');
    expect(verdict.reasons.map(({ code }) => code)).to.deep.equal(['never-settled']);
    expect(verdict.exposure).to.deep.equal({ atLeastMs: 7975, atMostMs: null, resolutionMs: null });
    expect(verdict.excludedLeak).to.equal(1);
  });

  it('is late only when an attempt was surely sent after the budget', () => {
    const series = (errorMs: number) => [
      ...attempts(0, 6100, () => 'open'),
      anAttempt(6105, 'open', { errorMs }),
      ...attempts(6150, 9000, () => 'dropped'),
    ];
    expect(judge(CLOSES, series(4)).status).to.equal('fail');
    expect(judge(CLOSES, series(5)).status).to.equal('inconclusive');
  });

  it('settles only by an attempt that was surely sent after the answer', () => {
    const series = (errorMs: number) => [anAttempt(1105, 'dropped', { errorMs }), ...closedFrom(1310)];
    expect(judge(CLOSES, series(4)).settledMs).to.equal(105);
    expect(judge(CLOSES, series(5)).settledMs).to.equal(325);
  });

  it('has an exposure as wide as clock errors make it', () => {
    const series = closedFrom(1310).map((attempt) => ({ ...attempt, errorMs: 3 }));
    expect(judge(CLOSES, series).exposure).to.deep.equal({ atLeastMs: 297, atMostMs: 328, resolutionMs: 31 });
  });

  it('may have attempts that prove nothing while it settles, not later', () => {
    const agents = new Map();
    const refusedAt = (at: number) => [...closedFrom(1310), anAttempt(at, 'refused')];
    expect(judge(CLOSES, refusedAt(1300), { agents }).status).to.equal('pass');
    expect(judge(CLOSES, refusedAt(1500), { agents }).status).to.equal('pass');
    expect(judge(CLOSES, refusedAt(1600), { agents }).status).to.equal('inconclusive');
  });

  it('is inconclusive when observation ended inside the budget', () => {
    const verdict = judge(
      CLOSES,
      attempts(0, 4000, () => 'open'),
    );
    expect(verdict.status).to.equal('inconclusive');
    expect(verdict.reasons[0]).to.have.property('detail').that.includes('inside the budget');
  });

  it('is inconclusive when no attempt shows that it was still wrong after the budget', () => {
    const verdict = judge(
      CLOSES,
      attempts(0, 9000, (sentMs) => (sentMs < 6100 ? 'open' : 'dropped'), 250),
    );
    const gone = judge(CLOSES, [...attempts(0, 6100, () => 'open'), ...attempts(6130, 9000, () => 'dropped')]);
    expect(gone.status).to.equal('inconclusive');
    expect(verdict.status).to.equal('inconclusive');
  });

  it('may be wrong again inside the grace, which lengthens the exposure', () => {
    const flap = (sentMs: number) => sentMs >= 1500 && sentMs < 1550;
    const verdict = judge(
      CLOSES,
      attempts(0, 9000, (sentMs) => (sentMs < 1400 || flap(sentMs) ? 'open' : 'dropped')),
    );
    expect(verdict.status).to.equal('pass');
    expect(verdict.settledMs).to.equal(400);
    expect(verdict.exposure).to.deep.equal({ atLeastMs: 525, atMostMs: 550, resolutionMs: 25 });
  });

  it('flaps when it is wrong again after the grace', () => {
    const flap = (sentMs: number) => sentMs >= 3000 && sentMs < 3100;
    const verdict = judge(
      CLOSES,
      attempts(0, 9000, (sentMs) => (sentMs < 1400 || flap(sentMs) ? 'open' : 'dropped')),
    );
    expect(verdict.status).to.equal('fail');
    expect(verdict.reasons[0]).to.deep.include({ code: 'flap', afterSettledMs: 1600 });
    expect(verdict.observed).to.equal('open');
    expect(verdict.exposure).to.deep.equal({ atLeastMs: 375, atMostMs: 400, resolutionMs: 25 });
  });

  it('has the whole grace, to its last moment', () => {
    const leakAt = (at: number) => [...closedFrom(1310), anAttempt(at, 'open')];
    expect(judge(CLOSES, leakAt(1575)).status).to.equal('pass');
    expect(judge(CLOSES, leakAt(1575.1)).status).to.equal('fail');
    const settlesLast = [...closedFrom(6050), anAttempt(6250, 'open')];
    expect(judge(CLOSES, settlesLast, { flapsAllowed: true }).status).to.equal('pass');
  });

  it('may flap inside the budget where the step allows it, not after it', () => {
    const flapAt = (at: number) =>
      attempts(0, 9000, (sentMs) => (sentMs < 1400 || (sentMs >= at && sentMs < at + 100) ? 'open' : 'dropped'));
    expect(judge(CLOSES, flapAt(3000), { flapsAllowed: true }).status).to.equal('pass');
    expect(judge(CLOSES, flapAt(6200), { flapsAllowed: true }).reasons[0]).to.include({ code: 'flap' });
  });

  it('is not judged by attempts in flight across the change', () => {
    const slow = anAttempt(950, 'dropped', { durationMs: 100 });
    expect(judge(CLOSES, [...closedFrom(1310), slow]).status).to.equal('pass');
    const clock = anAttempt(990, 'dropped', { durationMs: 5, errorMs: 10 });
    expect(judge(CLOSES, [...closedFrom(1310), clock]).status).to.equal('pass');
    const ended = anAttempt(900, 'dropped', { durationMs: 5 });
    expect(judge(CLOSES, [...closedFrom(1310), ended]).status).to.equal('fail');
  });
});

describe('a cell that must open', () => {
  it('passes when it opens inside the budget, with its outage', () => {
    const verdict = judge(OPENS, openFrom(2000));
    expect(verdict.status).to.equal('pass');
    expect(verdict.outage).to.deep.equal({ atLeastMs: 975, atMostMs: 1000, resolutionMs: 25 });
    expect(verdict.exposure).to.equal(undefined);
  });

  it('fails when it opens before the change was sent', () => {
    expect(judge(OPENS, openFrom(500)).reasons[0]).to.include({ code: 'contrary-before' });
  });
});

describe('a cell that the step does not change', () => {
  it('fails by one contrary attempt at any time, during the change too', () => {
    for (const at of [10, TIMES.sent + 50, 1500, 8900]) {
      const leak = anAttempt(at, 'open');
      const verdict = judge(STAYS_CLOSED, [...attempts(0, 9000, () => 'dropped'), leak]);
      expect(verdict.status, `leak at ${at}`).to.equal('fail');
      expect(verdict.reasons[0]).to.deep.equal({ code: 'contrary', attempt: leak });
    }
  });

  it('may flap inside the budget when the step touches it and allows flaps', () => {
    const series = [...attempts(0, 9000, () => 'open'), anAttempt(1500, 'dropped')];
    const touched = judge(STAYS_OPEN, series, { flapsAllowed: true });
    expect(touched.status).to.equal('pass');
    expect(touched.outage).to.deep.equal({ atLeastMs: 500, atMostMs: 525, resolutionMs: 25 });
    expect(judge({ ...STAYS_OPEN, touched: false }, series, { flapsAllowed: true }).status).to.equal('fail');
    expect(judge(STAYS_OPEN, series).status).to.equal('fail');
  });

  it('has neither settle time nor exposure', () => {
    const verdict = judge(
      STAYS_OPEN,
      attempts(0, 9000, () => 'open'),
    );
    expect(verdict).to.include({ status: 'pass', settledMs: undefined, exposure: undefined, outage: undefined });
  });
});

describe('a step that also makes pods', () => {
  const changes = [
    { sentMs: 500, answeredMs: 600 },
    { sentMs: 700, answeredMs: 4_000, churn: true },
  ] as const;
  const late = (closesMs: number, over: Partial<PlannedCell> = {}) => {
    const planned = aPlan({ expected: 'closed', ...over });
    const series = attempts(0, 12_000, (ms) => (ms < closesMs ? 'open' : 'dropped'));
    const hold = { fromMs: 11_000, toMs: 12_000 };
    return judgeStep(aRecord([{ planned, attempts: series }], { changes, hold }), DEFAULT_LIMITS).cells[0]?.status;
  };

  it('gives cells between others no more time than their own change', () => {
    expect(late(5_000)).to.equal('pass');
    expect(late(7_000)).to.equal('fail');
  });
});

describe('a cell of a new pod', () => {
  it('fails by an early answer when it must be closed from the first packet', () => {
    const planned = aPlan({ before: 'open', expected: 'closed', fresh: true });
    const early = [anAttempt(1050, 'open'), ...attempts(1075, 9000, () => 'dropped')];
    expect(judge(planned, early).reasons[0]).to.include({ code: 'contrary' });
    expect(
      judge(
        planned,
        attempts(1050, 9000, () => 'dropped'),
      ).status,
    ).to.equal('pass');
  });

  it('may open late', () => {
    const planned = aPlan({ before: 'open', expected: 'open', fresh: true });
    const verdict = judge(
      planned,
      attempts(1050, 9000, (sentMs) => (sentMs < 3000 ? 'dropped' : 'open')),
    );
    expect(verdict.status).to.equal('pass');
    expect(verdict.outage).to.include({ atMostMs: 2000 });
    expect(judge(planned, [anAttempt(10, 'dropped'), ...attempts(1125, 9000, () => 'open')]).status).to.equal('pass');
  });
});

describe('a new pod that was let through once', () => {
  const made = [{ sentMs: 1_000, answeredMs: 5_000, churn: true as const }];
  const planned = aPlan({ before: 'open', expected: 'open', fresh: true });
  /** Dials while it is made: through at 2 s, cut off at 3 s, through again before it is ready. */
  const series = attempts(1_500, 9_000, (ms) => (ms < 2_000 || (ms >= 3_000 && ms < 4_000) ? 'dropped' : 'open'));
  const verdict = (over: Partial<StepRecord> = {}, plan: PlannedCell = planned) =>
    judgeStep(aRecord([{ planned: plan, attempts: series }], { changes: made, ...over }), DEFAULT_LIMITS).cells[0];

  it('fails when it is cut off again while it is made', () => {
    expect(verdict()?.status).to.equal('fail');
    expect(verdict()?.reasons[0]).to.deep.include({ code: 'flap', afterSettledMs: 1_000 });
  });

  it('may be cut off by what else the step changes, where flaps are allowed, and through a Service', () => {
    const policy = { sentMs: 2_500, answeredMs: 2_600 };
    expect(verdict({ changes: [...made, policy] })?.status).to.equal('pass');
    expect(verdict({ flapsAllowed: true })?.status).to.equal('pass');
    expect(verdict({}, aPlan({ ...planned, cell: { path: 'cluster-ip' } }))?.status).to.equal('pass');
  });
});

describe('a closed cell that another end keeps closed after the change', () => {
  const planned = { ...STAYS_CLOSED, handedOver: true as const };
  const openBetween = (fromMs: number, toMs: number) =>
    attempts(0, 9_000, (ms) => (ms >= fromMs && ms < toMs ? 'open' : 'dropped'));

  it('may be open in passing, and that is measured', () => {
    const verdict = judge(planned, openBetween(1_200, 2_000));
    expect(verdict.status).to.equal('pass');
    expect(verdict.exposure?.atMostMs).to.be.within(900, 1_100);
    expect(judge(STAYS_CLOSED, openBetween(1_200, 2_000)).status).to.equal('fail');
  });

  it('fails where it was open before the change, or is once the budget is over', () => {
    expect(judge(planned, openBetween(500, 800)).status).to.equal('fail');
    expect(judge(planned, openBetween(1_200, 7_000)).status).to.equal('fail');
    expect(judge(planned, openBetween(7_000, 7_100)).status).to.equal('fail');
  });
});

describe('the hold', () => {
  const thin = (inHold: number, everyMs: number) => [
    ...attempts(0, 8000, () => 'open', 25),
    ...attempts(8000, 8000 + inHold * everyMs, () => 'open', everyMs),
  ];

  it('needs 30 known attempts of a cell sampled densely', () => {
    expect(judge(STAYS_OPEN, thin(30, 30)).status).to.equal('pass');
    expect(judge(STAYS_OPEN, thin(29, 30)).status).to.equal('inconclusive');
  });

  it('needs 4 known attempts of the others', () => {
    const sparse = { ...STAYS_OPEN, touched: false };
    expect(judge(sparse, thin(4, 250)).status).to.equal('pass');
    expect(judge(sparse, thin(3, 250)).status).to.equal('inconclusive');
  });

  it('needs one of a wget cell', () => {
    const wget = aPlan({ cell: { method: 'wget', path: 'dns' } });
    expect(judge(wget, thin(1, 250)).status).to.equal('pass');
    expect(judge(wget, thin(0, 250)).status).to.equal('inconclusive');
  });

  it('counts no attempt that was sent after its end', () => {
    const hold = { fromMs: 8000, toMs: 8700 };
    expect(
      judge(
        STAYS_OPEN,
        attempts(0, 9000, () => 'open'),
        { hold },
      ).status,
    ).to.equal('inconclusive');
  });

  it('counts only attempts after the last contrary one', () => {
    const series = attempts(0, 9000, (sentMs) => (sentMs < 1100 || sentMs === 8600 ? 'dropped' : 'open'));
    const late = { budgetMs: 7600, flapsAllowed: true };
    expect(judge(OPENS, series, late).reasons[0])
      .to.have.property('detail')
      .that.includes('15 conforming attempts');
  });
});

describe('a step', () => {
  it('is the worst of its cells: fail, inconclusive, pass', () => {
    const pass = { planned: STAYS_OPEN, attempts: attempts(0, 9000, () => 'open') };
    const fail = { planned: STAYS_CLOSED, attempts: attempts(0, 9000, () => 'open') };
    const unknown = { planned: STAYS_OPEN, attempts: attempts(0, 9000, () => 'inconclusive') };
    const statusOf = (...series: Parameters<typeof aRecord>[0]) => judgeStep(aRecord(series), DEFAULT_LIMITS).status;
    expect(statusOf(pass)).to.equal('pass');
    expect(statusOf(pass, unknown)).to.equal('inconclusive');
    expect(statusOf(unknown, fail, pass)).to.equal('fail');
  });

  it('is never a pass when nothing was judged', () => {
    expect(judgeStep(aRecord([]), DEFAULT_LIMITS).status).to.equal('inconclusive');
    expect(judge(STAYS_OPEN, []).status).to.equal('inconclusive');
    const reported = aPlan({ expected: 'reported' });
    const step = judgeStep(aRecord([{ planned: reported, attempts: attempts(0, 9000, () => 'open') }]), DEFAULT_LIMITS);
    expect(step.status).to.equal('inconclusive');
    expect(step.cells[0]).to.include({ status: 'reported', observed: 'open', attempts: 360 });
  });

  it('that only observes has no budget and counts times from its hold', () => {
    const verdict = judge(CLOSES, [...attempts(0, 9000, () => 'dropped'), anAttempt(1500, 'open')], { changes: [] });
    expect(verdict.reasons[0]).to.include({ code: 'contrary' });
  });
});

describe('a time of which nothing is known', () => {
  const without = (fromMs: number, toMs: number, state: 'open' | 'dropped') =>
    attempts(0, 9000, () => state).filter(({ sentMs }) => sentMs < fromMs || sentMs >= toMs);

  it('keeps a cell that the step does not change from a pass, wherever it lies after the change', () => {
    for (const planned of [STAYS_OPEN, STAYS_CLOSED]) {
      const state = planned.expected === 'open' ? 'open' : 'dropped';
      for (const fromMs of [1000, 3000, 6500]) {
        const verdict = judge(planned, without(fromMs, fromMs + 1600, state));
        expect(verdict.status, `${state} from ${fromMs}`).to.equal('inconclusive');
        expect(verdict.reasons[0]).to.have.property('doubtful', false);
      }
      expect(judge(planned, without(3000, 4400, state)).status).to.equal('pass');
    }
  });

  it('is also one in which agents were known to be in trouble', () => {
    const unknown = [{ fromMs: 2000, toMs: 6000, reason: 'starved' }];
    const agents = new Map([
      ['x/a', healthy('x/a', { unknown })],
      ['y/b', healthy('y/b')],
    ]);
    const series = attempts(0, 9000, () => 'dropped');
    expect(judge(STAYS_CLOSED, series, { agents }).status).to.equal('inconclusive');
  });

  it('counts from settling where the step changes the cell', () => {
    const late = [...attempts(0, 1200, () => 'open'), ...attempts(3500, 9000, () => 'dropped')];
    expect(judge(CLOSES, late as Attempt[]).status).to.equal('pass');
    const after = closedFrom(1310).filter(({ sentMs }) => sentMs < 2000 || sentMs >= 4000);
    expect(judge(CLOSES, after).status).to.equal('inconclusive');
  });

  it('may be as long as three planned intervals', () => {
    const series = { planned: { ...STAYS_OPEN, touched: false }, attempts: attempts(0, 9000, () => 'open', 1700) };
    const slow = { hold: { fromMs: 1100, toMs: 9000 } };
    const judged = (intervalMs: number) =>
      judgeStep(aRecord([{ ...series, intervalMs }], slow), DEFAULT_LIMITS).cells[0]?.status;
    expect(judged(1700)).to.equal('pass');
    expect(judged(100)).to.equal('inconclusive');
  });
});

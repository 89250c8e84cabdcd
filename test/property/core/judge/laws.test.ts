import { expect } from 'chai';
import fc from 'fast-check';
import { judgeStep } from '../../../../src/core/judge/judge-step.ts';
import { excludedLeak } from '../../../../src/core/judge/leak.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/judge/limits.ts';
import type { CellSeries, StepRecord } from '../../../../src/core/judge/record.ts';
import { trackSettling } from '../../../../src/core/judge/settle.ts';
import type { CellVerdict } from '../../../../src/core/judge/verdict.ts';
import type { Attempt } from '../../../../src/core/matrix/outcome.ts';
import { anyAttempt, anyRecord } from '../../../support/judge/arbitrary.ts';
import { anAttempt } from '../../../support/judge/step.ts';

const RANK = { pass: 0, reported: 0, inconclusive: 1, fail: 2 } as const;
const RUNS = { numRuns: 300 };

const judge = (record: StepRecord) => judgeStep(record, DEFAULT_LIMITS);
const first = (record: StepRecord): CellVerdict => judge(record).cells[0]!;
const rank = (record: StepRecord) => RANK[first(record).status];

/** The record with the attempts of its first cell changed. */
function withAttempts(record: StepRecord, change: (attempts: readonly Attempt[]) => readonly Attempt[]): StepRecord {
  const series = record.series.map(
    (one, index): CellSeries => (index === 0 ? { ...one, attempts: change(one.attempts) } : one),
  );
  return { ...record, series };
}

describe('a verdict', () => {
  it('never improves by an attempt that contradicts the expectation', () => {
    const at = fc.double({ min: 0, max: 9000, noNaN: true });
    fc.assert(
      fc.property(anyRecord, at, (record, sentMs) => {
        const contrary = record.series[0]?.planned.expected === 'open' ? 'dropped' : 'open';
        const more = withAttempts(record, (attempts) => [...attempts, anAttempt(sentMs, contrary)]);
        expect(rank(more)).to.be.at.least(rank(record));
      }),
      RUNS,
    );
  });

  it('is a failure as soon as somebody else answers', () => {
    const at = fc.double({ min: 0, max: 9000, noNaN: true });
    fc.assert(
      fc.property(anyRecord, at, (record, sentMs) => {
        const more = withAttempts(record, (attempts) => [...attempts, anAttempt(sentMs, 'misrouted')]);
        const { expected, fresh } = record.series[0]!.planned;
        // A new pod's Services may lead elsewhere until they work for the first time.
        if (fresh && expected === 'open') return;
        const judged = expected !== 'reported';
        expect(first(more).status).to.equal(judged ? 'fail' : 'reported');
      }),
      RUNS,
    );
  });

  it('is a failure by an answer on a closed cell that the step does not change, at any time, however late', () => {
    const at = fc.double({ min: 0, max: 9000, noNaN: true });
    fc.assert(
      fc.property(anyRecord, at, fc.integer({ min: 0, max: 5000 }), (record, sentMs, latenessMs) => {
        const leak = anAttempt(sentMs, 'open', { latenessMs });
        const series = record.series.map(({ planned, attempts }) => ({
          planned: { ...planned, before: 'closed' as const, expected: 'closed' as const },
          attempts: [...attempts, leak],
        }));
        expect(judge({ ...record, series, flapsAllowed: false }).status).to.equal('fail');
      }),
      RUNS,
    );
  });

  it('never improves when attempts that conform after settling are taken away', () => {
    fc.assert(
      fc.property(anyRecord, fc.infiniteStream(fc.boolean()), (record, keep) => {
        const { settledMs } = first(record);
        const expected = record.series[0]?.planned.expected;
        const conforming = expected === 'closed' ? 'dropped' : expected === 'unresolved' ? 'unresolved' : 'open';
        const zero = record.changes[0]?.sentMs ?? 0;
        const fewer = withAttempts(record, (attempts) =>
          attempts.filter(({ outcome, sentMs, handshake }) => {
            const spared = settledMs !== undefined && sentMs <= zero + settledMs;
            return outcome !== conforming || handshake || spared || keep.next().value;
          }),
        );
        if (settledMs === undefined && hasChange(record)) return;
        expect(rank(fewer)).to.be.at.least(rank(record));
      }),
      RUNS,
    );
  });

  it('does not change by attempts that say nothing', () => {
    const nothing = anyAttempt.map((attempt): Attempt => ({ ...attempt, outcome: 'inconclusive', handshake: false }));
    fc.assert(
      fc.property(anyRecord, fc.array(nothing, { maxLength: 5 }), (record, more) => {
        const added = first(withAttempts(record, (attempts) => [...attempts, ...more]));
        const { status, known, contrary, excludedLeak: leak, settledMs } = first(record);
        expect(added).to.include({ status, known, contrary, excludedLeak: leak, settledMs });
      }),
      RUNS,
    );
  });

  it('does not depend on the order in which attempts are recorded', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(judge(withAttempts(record, (attempts) => attempts.toReversed()))).to.deep.equal(judge(record));
      }),
      RUNS,
    );
  });

  it('does not depend on where the clock begins', () => {
    fc.assert(
      fc.property(anyRecord, fc.constantFrom(-4096, 1024, 65_536), (record, byMs) => {
        const verdicts = (one: StepRecord) =>
          judge(one).cells.map(({ status, observed, settledMs, known, contrary }) => ({
            status,
            observed,
            known,
            contrary,
            settledMs: settledMs && Math.round(settledMs * 1000),
          }));
        expect(verdicts(shifted(record, byMs))).to.deep.equal(verdicts(record));
      }),
      RUNS,
    );
  });

  it('of a pass rests on enough attempts in the hold', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        for (const [index, cell] of judge(record).cells.entries()) {
          if (cell.status !== 'pass') continue;
          const dense = record.series[index]?.planned.touched || cell.before !== cell.expected;
          expect(cell.excludedLeak).to.be.at.most(excludedLeak(dense ? 30 : 4));
          expect(cell.reasons).to.deep.equal([]);
        }
      }),
      RUNS,
    );
  });

  it('has reasons exactly when the cell is no pass, and failures have the attempt that decides', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        for (const { status, reasons, observed } of judge(record).cells) {
          expect(reasons.length > 0).to.equal(status === 'fail' || status === 'inconclusive');
          const unknown = reasons.filter(({ code }) => code === 'unknown').length;
          expect(unknown).to.equal(status === 'inconclusive' ? reasons.length : 0);
          const decisive = reasons[0];
          if (decisive && decisive.code !== 'unknown') expect(observed).to.equal(decisive.attempt.outcome);
        }
      }),
      RUNS,
    );
  });

  it('of a step is that of its worst cell', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        const { status, cells } = judge(record);
        const ranks = cells.filter((cell) => cell.status !== 'reported').map((cell) => RANK[cell.status]);
        expect(RANK[status]).to.equal(ranks.length === 0 ? RANK.inconclusive : Math.max(...ranks));
      }),
      RUNS,
    );
  });
});

describe('tracking of settling', () => {
  it('agrees with the judge, in whatever order attempts end', () => {
    fc.assert(
      fc.property(anyRecord, fc.boolean(), (record, backwards) => {
        const tracker = trackSettling(
          { ...record, cells: record.series.map(({ planned }) => planned) },
          DEFAULT_LIMITS,
        );
        for (const [index, { attempts }] of record.series.entries()) {
          for (const attempt of backwards ? attempts.toReversed() : attempts) tracker.observe(index, attempt);
        }
        const budgeted = judge(record).cells.filter(
          (cell, index) => hasBudget(record, index) && cell.status !== 'reported',
        );
        expect(tracker.pending).to.equal(budgeted.filter(({ settledMs }) => settledMs === undefined).length);
      }),
      RUNS,
    );
  });
});

describe('the leak rate that attempts exclude', () => {
  it('is the one that stays unseen in 5 % of the cases, and falls with every attempt', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (attempts) => {
        expect((1 - excludedLeak(attempts)) ** attempts).to.be.closeTo(0.05, 1e-9);
        expect(excludedLeak(attempts + 1)).to.be.lessThan(excludedLeak(attempts));
      }),
    );
    expect(excludedLeak(0)).to.equal(1);
    expect(excludedLeak(30)).to.be.within(0.09, 0.1);
  });
});

function hasChange(record: StepRecord): boolean {
  return record.changes.length > 0 && hasBudget(record, 0);
}

/** The rule of design.md, in the words of the test: which cells may take their time. */
function hasBudget({ changes, series, flapsAllowed }: StepRecord, index: number): boolean {
  const planned = series[index]?.planned;
  if (!planned || changes.length === 0) return false;
  if (planned.fresh) return planned.expected === 'open';
  return planned.before !== planned.expected || (flapsAllowed && planned.touched);
}

/** Everything in a record that has a time, later by `byMs`. */
function shifted(record: StepRecord, byMs: number): StepRecord {
  const span = <T extends { fromMs: number; toMs: number }>(one: T): T => ({
    ...one,
    fromMs: one.fromMs + byMs,
    toMs: one.toMs + byMs,
  });
  return {
    ...record,
    changes: record.changes.map(({ sentMs, answeredMs }) => ({ sentMs: sentMs + byMs, answeredMs: answeredMs + byMs })),
    series: record.series.map(({ planned, attempts }) => ({
      planned,
      attempts: attempts.map((attempt) => ({ ...attempt, sentMs: attempt.sentMs + byMs })),
    })),
    agents: new Map(
      [...record.agents].map(([pod, { unknown, bound }]) => [
        pod,
        {
          pod,
          unknown: unknown.map(span),
          bound: bound && new Map([...bound].map(([port, spans]) => [port, spans.map(span)])),
        },
      ]),
    ),
    hold: span(record.hold),
  };
}

import { expect } from 'chai';
import { judgeStep } from '../../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/judge/limits.ts';
import type { Attempt, Outcome } from '../../../../src/core/matrix/outcome.ts';
import type { PlannedCell } from '../../../../src/core/scenario/planned-step.ts';
import { anAttempt, aPlan, aRecord, healthy, TIMES } from '../../../support/judge/step.ts';

/** The pod is made from 1000 ms on; its port is bound at 2000 ms. */
const MADE = { sentMs: TIMES.sent, answeredMs: 2_500, churn: true } as const;
const BOUND_MS = 2_000;
const into = aPlan({ before: 'closed', expected: 'closed', fresh: true, madeBy: 0 });

interface Case {
  readonly planned?: PlannedCell;
  readonly outcomeAt: (sentMs: number) => Outcome;
  readonly detail?: string;
}

/** Judges a cell of a new pod that is dialled from just before it is made. */
function judge({ planned = into, outcomeAt, detail = 'ECONNREFUSED' }: Case) {
  const attempts = Array.from({ length: 320 }, (_, index): Attempt => {
    const sentMs = TIMES.sent - 20 + index * 25;
    const outcome = outcomeAt(sentMs);
    return anAttempt(sentMs, outcome, outcome === 'refused' ? { detail } : {});
  });
  const bound = new Map([['80/TCP', [{ fromMs: BOUND_MS, toMs: 100_000 }]]]);
  const agents = new Map([
    ['x/a', healthy('x/a')],
    ['y/b', healthy('y/b', { bound })],
  ]);
  const { cells } = judgeStep(aRecord([{ planned, attempts }], { changes: [MADE], agents }), DEFAULT_LIMITS);
  return [cells[0]?.status, cells[0]?.reasons[0]?.code];
}

/** Refused for some time, and else kept closed in this way. */
const refusedBetween =
  (fromMs: number, toMs: number, otherwise: Outcome = 'dropped') =>
  (ms: number): Outcome =>
    ms >= fromMs && ms < toMs ? 'refused' : otherwise;

const leak = ['fail', 'contrary'];
const unknown = ['inconclusive', 'unknown'];

describe('a refusal by a new pod before it listens', () => {
  it('is a leak where the settled cell is closed by silence', () => {
    expect(judge({ outcomeAt: refusedBetween(1_500, 1_600) })).to.deep.equal(leak);
  });

  it('is none where nothing is refused', () => {
    expect(judge({ outcomeAt: () => 'dropped' })).to.deep.equal(['pass', undefined]);
  });

  it('is not known where the plugin rejects, or did so once in the hold', () => {
    const rejects = (ms: number): Outcome => (ms < 1_500 ? 'dropped' : 'refused');
    expect(judge({ outcomeAt: rejects })).to.deep.equal(unknown);
    const once = (ms: number): Outcome => (ms === 8_505 ? 'refused' : refusedBetween(1_500, 1_600)(ms));
    expect(judge({ outcomeAt: once })).to.deep.equal(unknown);
  });

  it('is not known where too little of the settled cell was seen', () => {
    const rarely = (ms: number): Outcome => (ms >= TIMES.end - 1_000 && ms % 3 !== 0 ? 'inconclusive' : 'dropped');
    expect(judge({ outcomeAt: (ms) => (ms === 1_505 ? 'refused' : rarely(ms)) })).to.deep.equal(unknown);
  });

  it('is not known where the address refuses while it is nobody’s', () => {
    expect(judge({ outcomeAt: refusedBetween(0, 1_600) })).to.deep.equal(unknown);
  });

  it('is not known where another may have had the address, or dials as others do', () => {
    const { madeBy: _, ...shared } = into;
    expect(judge({ planned: shared, outcomeAt: refusedBetween(1_500, 1_600) })).to.deep.equal(unknown);
  });

  it('is not known where the network says something else than a pod’s own kernel', () => {
    expect(judge({ outcomeAt: refusedBetween(1_500, 1_600), detail: 'EHOSTUNREACH' })).to.deep.equal(unknown);
  });

  it('is nothing on a cell that is to be open', () => {
    const open = aPlan({ before: 'closed', expected: 'open', fresh: true, madeBy: 0 });
    const outcomeAt = (ms: number): Outcome => (ms < 1_500 ? 'dropped' : ms < BOUND_MS ? 'refused' : 'open');
    expect(judge({ planned: open, outcomeAt })).to.deep.equal(['pass', undefined]);
  });
});

import { expect } from 'chai';
import { judgeStep } from '../../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../../src/core/judge/limits.ts';
import type { StepRecord } from '../../../../src/core/judge/record.ts';
import type { Attempt, Outcome } from '../../../../src/core/matrix/outcome.ts';
import type { PlannedCell } from '../../../../src/core/scenario/planned-step.ts';
import { aCell, anAttempt, aPlan, aRecord, attempts, healthy, TIMES } from '../../../support/judge/step.ts';

interface Case {
  readonly planned?: PlannedCell;
  readonly outcomeAt?: (sentMs: number) => Outcome;
  readonly again?: Attempt;
  readonly over?: Partial<StepRecord>;
}

/** A step whose one cell does all that is expected of it, with a connection that does what the case says. */
function judge({ planned = aPlan(), outcomeAt = () => 'open', again, over = {} }: Case) {
  const right = (ms: number): Outcome =>
    (ms < TIMES.sent ? planned.before : planned.expected) === 'open' ? 'open' : 'dropped';
  const held = { cell: planned.cell, exchanges: attempts(TIMES.begin, TIMES.end, outcomeAt), again };
  const series = [{ planned, attempts: attempts(TIMES.begin, TIMES.end, right) }];
  const { status, connections } = judgeStep(aRecord(series, { connections: [held], ...over }), DEFAULT_LIMITS);
  const [connection] = connections;
  const reasons = connection?.reasons.map(({ about, reason }) => `${about} ${reason.code}`);
  return { step: status, connection: connection?.status, reasons };
}

const AFTER_BUDGET = TIMES.answered + 5_001;
const cutAt = (atMs: number) => (ms: number) => (ms < atMs ? 'open' : 'dropped');
const closes = aPlan({ before: 'open', expected: 'closed' });
const failed = (reason: string) => ({ step: 'fail', connection: 'fail', reasons: [reason] });
const reported = { step: 'pass', connection: 'reported', reasons: [] };
const unknown = { step: 'inconclusive', connection: 'inconclusive', reasons: ['held unknown'] };

describe('a connection through a step that leaves its cell open', () => {
  it('passes where it is kept', () => {
    expect(judge({})).to.deep.equal({ step: 'pass', connection: 'pass', reasons: [] });
  });

  it('fails where it is cut, reset, or silent for a while', () => {
    expect(judge({ outcomeAt: cutAt(1_500) })).to.deep.equal(failed('held contrary'));
    expect(judge({ outcomeAt: (ms) => (ms < 8_975 ? 'open' : 'refused') })).to.deep.equal(failed('held contrary'));
    expect(judge({ outcomeAt: (ms) => (ms >= 2_000 && ms < 3_000 ? 'dropped' : 'open') })).to.deep.equal(
      failed('held contrary'),
    );
  });

  it('is not known where nobody answered before the change', () => {
    expect(judge({ outcomeAt: () => 'dropped' })).to.deep.equal(unknown);
  });

  it('is not known where an agent was late or lost when it fell silent, whatever came after', () => {
    for (const pod of ['x/a', 'y/b']) {
      const lost = healthy(pod, { unknown: [{ fromMs: 1_400, toMs: 2_500, reason: 'the agent restarted' }] });
      const agents = new Map([
        ['x/a', healthy('x/a')],
        ['y/b', healthy('y/b')],
        [pod, lost],
      ]);
      const outcomeAt = (ms: number) => (ms < 1_500 ? 'open' : 'refused');
      expect(judge({ outcomeAt, over: { agents } }), pod).to.deep.equal(unknown);
    }
  });

  it('fails where it fell silent at another time than an agent was late', () => {
    const late = healthy('y/b', { unknown: [{ fromMs: 1_200, toMs: 1_300, reason: 'late' }] });
    const agents = new Map([
      ['x/a', healthy('x/a')],
      ['y/b', late],
    ]);
    expect(judge({ outcomeAt: cutAt(3_000), over: { agents } })).to.deep.equal(failed('held contrary'));
  });
});

describe('a connection of which the API leaves open what becomes of it', () => {
  const cut = cutAt(1_500);

  it('is reported: its cell closes, opens, is new, or may waver', () => {
    const again = anAttempt(AFTER_BUDGET - 2, 'dropped');
    expect(judge({ planned: closes, outcomeAt: cut, again })).to.deep.equal(reported);
    expect(judge({ planned: aPlan({ before: 'closed' }), outcomeAt: () => 'dropped' })).to.deep.equal(reported);
    expect(judge({ planned: aPlan({ fresh: true }), outcomeAt: cut })).to.deep.equal(reported);
    expect(judge({ outcomeAt: cut, over: { flapsAllowed: true } })).to.deep.equal(reported);
  });

  it('is judged where flaps are allowed of other cells only', () => {
    const planned = aPlan({ touched: false });
    expect(judge({ planned, outcomeAt: cut, over: { flapsAllowed: true } })).to.deep.equal(failed('held contrary'));
  });

  it('is reported through a Service, whose backend may have gone', () => {
    const planned = aPlan({ cell: { path: 'cluster-ip' } });
    expect(judge({ planned, outcomeAt: cut }).connection).to.equal('reported');
  });

  it('is reported of a pod that the step removed', () => {
    const held = { cell: aCell({ from: 'x/gone' }), exchanges: attempts(0, 9_000, cut), again: undefined };
    expect(judge({ over: { connections: [held] } })).to.deep.equal(reported);
  });
});

describe('a connection whose pod is gone, and whose address another has', () => {
  const heir = aCell({ to: 'y/heir', protocol: 'UDP' });
  const closed = aPlan({ cell: heir, before: 'closed', expected: 'closed', fresh: true });
  const silent = anAttempt(9_500, 'dropped');
  const judgeHeir = (
    again: Attempt | undefined,
    outcomeAt: (ms: number) => Outcome = cutAt(1_000),
    planned = closed,
  ) => {
    const held = {
      cell: aCell({ protocol: 'UDP' }),
      heir,
      exchanges: attempts(TIMES.begin, TIMES.end, outcomeAt),
      again,
    };
    const series = [{ planned, attempts: attempts(TIMES.answered + 1, TIMES.end, () => 'dropped') }];
    const [connection] = judgeStep(aRecord(series, { connections: [held] }), DEFAULT_LIMITS).connections;
    const reasons = connection?.reasons.map(({ about, reason }) => `${about} ${reason.code}`);
    return { cell: connection?.cell, status: connection?.status, reasons };
  };

  it('passes where nobody answers on it any more', () => {
    expect(judgeHeir(silent)).to.deep.equal({ cell: heir, status: 'pass', reasons: [] });
  });

  it('fails where the new pod answers on it, at whatever time', () => {
    const answers = (ms: number): Outcome => (ms < 1_000 ? 'open' : ms === 1_500 ? 'misrouted' : 'dropped');
    expect(judgeHeir(silent, answers)).to.include({ cell: heir, status: 'fail' });
    expect(judgeHeir(silent, answers).reasons).to.deep.equal(['held contrary']);
  });

  it('fails where what is dialled again is answered, or arrives', () => {
    const found = { cell: heir, status: 'fail', reasons: ['again contrary'] };
    expect(judgeHeir(anAttempt(9_500, 'open', { answeredBy: 'y/heir' }))).to.deep.equal(found);
    expect(judgeHeir({ ...silent, arrived: true })).to.deep.equal(found);
  });

  it('is not known where it was not dialled again', () => {
    expect(judgeHeir(undefined)).to.deep.equal({ cell: heir, status: 'inconclusive', reasons: ['again unknown'] });
  });

  it('is reported where the new pod may be reached, or its cell is not new', () => {
    const answers = anAttempt(9_500, 'open', { answeredBy: 'y/heir' });
    for (const planned of [
      aPlan({ cell: heir, fresh: true }),
      aPlan({ cell: heir, before: 'closed', expected: 'closed' }),
    ]) {
      expect(judgeHeir(answers, cutAt(1_000), planned).status).to.equal('reported');
    }
  });
});

describe('a connection that begins at a certain port while its cell is closed', () => {
  const closed = aPlan({ before: 'closed', expected: 'closed' });
  const silent = anAttempt(9_500, 'dropped');
  const judgeBegun = (exchanges: readonly Attempt[], again: Attempt | undefined, planned = closed) => {
    const held = { cell: planned.cell, sourcePort: 5_000, exchanges, again };
    const series = [{ planned, attempts: attempts(TIMES.begin, TIMES.end, () => 'dropped') }];
    const [connection] = judgeStep(aRecord(series, { connections: [held] }), DEFAULT_LIMITS).connections;
    return [connection?.status, ...(connection?.reasons ?? []).map(({ about, reason }) => `${about} ${reason.code}`)];
  };
  const nothing = attempts(TIMES.begin, TIMES.end, () => 'dropped');

  it('passes where nobody answers', () => {
    expect(judgeBegun(nothing, silent)).to.deep.equal(['pass']);
    expect(judgeBegun(nothing, anAttempt(9_500, 'refused'))).to.deep.equal(['pass']);
  });

  it('fails where somebody answers, a handshake completes, or what is dialled again arrives', () => {
    for (const answer of [
      anAttempt(500, 'open'),
      anAttempt(500, 'misrouted'),
      anAttempt(500, 'dropped', { handshake: true }),
    ]) {
      expect(judgeBegun([...nothing, answer], silent)).to.deep.equal(['fail', 'held contrary']);
    }
    for (const again of [anAttempt(9_500, 'open'), { ...silent, arrived: true }]) {
      expect(judgeBegun(nothing, again)).to.deep.equal(['fail', 'again contrary']);
    }
  });

  it('is not known where the port could not be had at the end', () => {
    expect(judgeBegun(nothing, anAttempt(9_500, 'inconclusive'))).to.deep.equal(['inconclusive', 'again unknown']);
  });

  it('is reported where its cell opens', () => {
    const opens = aPlan({ before: 'closed', expected: 'open' });
    expect(judgeBegun([anAttempt(5_000, 'open')], silent, opens)).to.deep.equal(['reported']);
  });
});

describe('a connection that a new pod opens in its first instant', () => {
  const CAME = [{ sentMs: TIMES.sent, answeredMs: TIMES.answered, churn: true as const }];
  const judgeNew = (each: Case) => judge({ over: { changes: CAME }, ...each });
  const planned = aPlan({ fresh: true, cell: { method: 'wget' } });
  const opensAt =
    (fromMs: number, toMs = Number.POSITIVE_INFINITY) =>
    (ms: number) =>
      ms >= fromMs && ms < toMs ? ('open' as const) : ('dropped' as const);

  it('passes where it is kept from its first answer on, however late that came', () => {
    expect(judgeNew({ planned, outcomeAt: opensAt(3_000) })).to.deep.equal({
      step: 'pass',
      connection: 'pass',
      reasons: [],
    });
  });

  it('fails where it is cut off after it', () => {
    expect(judgeNew({ planned, outcomeAt: opensAt(1_500, 3_000) })).to.deep.equal(failed('held contrary'));
  });

  it('is not known where nobody ever answered', () => {
    expect(judgeNew({ planned, outcomeAt: () => 'dropped' })).to.deep.equal(unknown);
  });

  it('is not known where it was answered a few times only', () => {
    expect(judgeNew({ planned, outcomeAt: opensAt(TIMES.end - 400) })).to.deep.equal(unknown);
  });

  it('is reported where the step changes more than pods, or its cell is closed', () => {
    const outcomeAt = opensAt(1_500, 3_000);
    const changes = [...CAME, { sentMs: TIMES.sent, answeredMs: TIMES.answered }];
    expect(judge({ planned, outcomeAt, over: { changes } }).connection).to.equal('reported');
    expect(judgeNew({ planned: { ...planned, expected: 'closed' }, outcomeAt }).connection).to.equal('reported');
  });
});

describe('a connection that is dialled again from its source port', () => {
  const again = (sentMs: number, outcome: Outcome, over: Partial<Attempt> = {}) => anAttempt(sentMs, outcome, over);
  const outcomeAt = cutAt(1_500);

  it('fails where it comes about, with a name, on a cell that must be closed', () => {
    expect(judge({ planned: closes, outcomeAt, again: again(AFTER_BUDGET, 'open') })).to.deep.equal(
      failed('again contrary'),
    );
    expect(judge({ planned: closes, again: again(AFTER_BUDGET, 'open') }), 'kept until then').to.deep.equal(
      failed('again contrary'),
    );
  });

  it('passes where nothing comes back', () => {
    for (const outcome of ['dropped', 'refused'] as const) {
      const { step, connection } = judge({ planned: closes, again: again(AFTER_BUDGET, outcome) });
      expect([step, connection]).to.deep.equal(['pass', 'pass']);
    }
  });

  it('is not known where it was not dialled, nobody can say what came of it, or the silence may be ours', () => {
    const notKnown = { step: 'inconclusive', connection: 'inconclusive', reasons: ['again unknown'] };
    expect(judge({ planned: closes, outcomeAt })).to.deep.equal(notKnown);
    for (const outcome of ['inconclusive', 'unresolved'] as const) {
      expect(judge({ planned: closes, outcomeAt, again: again(AFTER_BUDGET, outcome) }), outcome).to.deep.equal(
        notKnown,
      );
    }
    const unknown = [{ fromMs: AFTER_BUDGET - 10, toMs: AFTER_BUDGET + 100, reason: 'the agent restarted' }];
    const agents = new Map(['x/a', 'y/b'].map((pod) => [pod, healthy(pod, { unknown })]));
    const dropped = again(AFTER_BUDGET, 'dropped');
    expect(judge({ planned: closes, outcomeAt, again: dropped, over: { agents } }).connection).to.equal('inconclusive');
    expect(judge({ planned: aPlan({ before: 'closed', expected: 'closed', fresh: true }) }).connection).to.equal(
      'reported',
    );
  });

  it('is reported inside the budget, on an open cell, and of UDP, whose packets are still of one flow', () => {
    expect(judge({ planned: closes, again: again(AFTER_BUDGET - 2, 'open') })).to.deep.equal(reported);
    expect(judge({ planned: closes, again: again(AFTER_BUDGET, 'open', { errorMs: 5 }) })).to.deep.equal(reported);
    expect(judge({ again: again(AFTER_BUDGET, 'dropped') }).connection).to.equal('pass');
    const udp = aPlan({ before: 'open', expected: 'closed', cell: { protocol: 'UDP' } });
    expect(judge({ planned: udp, again: again(AFTER_BUDGET, 'open') })).to.deep.equal(reported);
  });
});

import { expect } from 'chai';
import { deservesRerun } from '../../../../src/core/result/build-scenario.ts';
import { unobservedStep } from '../../../../src/core/result/build-step.ts';
import type { FailureResult } from '../../../../src/core/result/result.ts';
import { anAttempt, attempts } from '../../../support/judge/step.ts';
import { aScenarioResult, aStep, SERIES } from '../../../support/result/results.ts';

describe('the result of a step', () => {
  it('that passes has the times of its change, of its slowest cell, and the coded series', () => {
    const step = aStep('deny', [SERIES.closes('y/b', 1310), SERIES.closes('y/c', 1210), SERIES.staysOpen('y/d')]);
    const { cells, ...rest } = step;
    expect(rest).to.deep.equal({
      name: 'deny',
      status: 'passed',
      reason: null,
      changes: [{ kind: 'restart', object: 'plugin agents' }],
      alone: true,
      sent_at: '2026-01-02T03:04:06.000Z',
      answered_at: '2026-01-02T03:04:06.100Z',
      duration_ms: 8000,
      hold_ms: 1000,
      settle_ms: 325,
      exposure_ms: 325,
      outage_ms: null,
      explanations: ['policy deny: ingress isolates y/b, no rule allows x/a', 'no policy'],
      connections: [],
      failures: [],
    });
    expect(cells[0]).to.deep.include({ from: 'x/a', to: 'y/b', port: 80, status: 'passed', observed: 'dropped' });
    expect(cells[0]?.excluded_leak).to.equal(0.0722);
    expect(cells[0]?.exposure_ms).to.deep.equal({ atLeastMs: 300, atMostMs: 325, resolutionMs: 25 });
    expect(cells[0]?.series).to.deep.equal([
      ['open', 53, -1000, 300],
      ['dropped', 307, 325, 7975],
    ]);
    expect(cells.map(({ explanation }) => explanation)).to.deep.equal([[0], [0], [1]]);
    expect(cells[2]).to.include({ settle_ms: null, exposure_ms: null, outage_ms: null });
  });

  it('that fails says of each failed cell what was expected, what was seen and when, why, and how to repeat it', () => {
    const leak = anAttempt(8500.04, 'open');
    const { planned, attempts } = SERIES.closes('y/b');
    const step = aStep('deny', [SERIES.staysOpen('y/d'), { planned, attempts: [...attempts, leak] }]);
    expect(step.status).to.equal('failed');
    expect(step.failures).to.deep.equal([
      {
        cell: 'x/a->y/b:80/TCP via pod-ip',
        expected: 'closed',
        observed: 'open',
        at_ms: 7500,
        reasons: [{ code: 'flap', attempt: leak, afterSettledMs: leak.sentMs - 1325 }],
        explanation: 'policy deny: ingress isolates y/b, no rule allows x/a',
        repro: 'repeat x/a y/b 80',
        evidence: null,
      },
    ]);
    expect(step.cells[1]).to.include({ contrary: 9, known: 316, excluded_leak: 1 });
  });

  it('has the connections that were held open, and fails with one that had to be kept', () => {
    const series = SERIES.staysOpen();
    const exchanges = attempts(0, 9000, (sentMs) => (sentMs < 2_000 ? 'open' : 'refused'));
    const held = { cell: series.planned.cell, exchanges, again: anAttempt(9_100, 'open') };
    const step = aStep('others', [series], { connections: [held] });
    expect(step.status).to.equal('failed');
    expect(step.connections[0]).to.deep.include({
      state: 'cut',
      status: 'failed',
      broken_ms: 1000,
      exchanges: 360,
      answered: 80,
      again: 'open',
    });
    const [{ cell, connection, expected, observed, at_ms }] = step.failures as [FailureResult];
    expect([cell, connection, expected, observed, at_ms]).to.deep.equal([
      'x/a->y/b:80/TCP via pod-ip',
      'held',
      'open',
      'refused',
      1000,
    ]);
  });

  it('is inconclusive, and worth another try, where a connection that had to be kept was never open', () => {
    const series = SERIES.staysOpen();
    const held = { cell: series.planned.cell, exchanges: attempts(0, 9000, () => 'dropped'), again: undefined };
    const step = aStep('others', [series], { connections: [held] });
    expect(step.status).to.equal('inconclusive');
    expect(step.reason).to.equal(
      '1 of 1 connections held open not known, the first (x/a->y/b:80/TCP via pod-ip, a connection held open): nobody answered on it before the change',
    );
    expect(deservesRerun(aScenarioResult({ status: 'inconclusive', steps: [step] }))).to.equal(true);
  });

  it('that never closed gives as exposure what it lasted at least', () => {
    const step = aStep('deny', [SERIES.closes('y/b', 99_999)]);
    expect(step.exposure_ms).to.equal(7975);
    expect(step.settle_ms).to.equal(null);
  });

  it('that is inconclusive says why', () => {
    const step = aStep('deny', [SERIES.staysOpen('y/d'), SERIES.unknown('y/b')]);
    expect(step.status).to.equal('inconclusive');
    expect(step.reason).to.match(/^1 of 2 cells not known, the first \(x\/a->y\/b:80\/TCP via pod-ip\): none of 360/);
    expect(step.failures[0]).to.include({ at_ms: null, observed: 'inconclusive' });
    expect(aStep('empty', []).reason).to.equal('no cell was judged');
  });

  it('without change has no times of a change', () => {
    const step = aStep('observe', [SERIES.staysOpen()], { changes: [] });
    expect(step).to.include({ status: 'passed', sent_at: null, answered_at: null });
    expect(step.cells[0]?.series).to.deep.equal([['open', 360, -8000, 975]]);
  });

  it('that was not observed has its reason and nothing else', () => {
    expect(unobservedStep('deny', 'skipped', 'no SCTP in the kernel')).to.deep.include({
      status: 'skipped',
      reason: 'no SCTP in the kernel',
      cells: [],
    });
  });
});

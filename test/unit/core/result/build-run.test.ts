import { expect } from 'chai';
import { exitCodeOf } from '../../../../src/core/result/build-run.ts';
import type { ResultStatus } from '../../../../src/core/result/result.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../../support/result/results.ts';

const runOf = (...statuses: ResultStatus[]) => aRunResult(statuses.map((status) => aScenarioResult({ status })));

describe('the exit code of a result', () => {
  it('is 0 when all passed or were skipped', () => {
    expect(exitCodeOf(runOf('passed'))).to.equal(0);
    expect(exitCodeOf(runOf('passed', 'skipped'))).to.equal(0);
  });

  it('is 1 when one failed or was flaky, whatever else', () => {
    expect(exitCodeOf(runOf('passed', 'failed', 'inconclusive'))).to.equal(1);
    expect(exitCodeOf(runOf('passed', 'flaky', 'skipped'))).to.equal(1);
  });

  it('is 3 when something could not be found out or nothing passed', () => {
    expect(exitCodeOf(runOf('passed', 'inconclusive'))).to.equal(3);
    expect(exitCodeOf(runOf('skipped'))).to.equal(3);
    expect(exitCodeOf(runOf())).to.equal(3);
  });
});

describe('the summary of a run', () => {
  it('counts scenarios, skips by reason, cells and attempts', () => {
    const steps = [aStep('deny', [SERIES.closes(), SERIES.staysOpen('y/c')])];
    const { summary } = aRunResult([
      aScenarioResult({ steps }),
      aScenarioResult({ status: 'skipped', reason: 'needs IPv6' }),
      aScenarioResult({ status: 'skipped', reason: 'needs IPv6' }),
      aScenarioResult({ status: 'flaky' }),
    ]);
    expect(summary).to.deep.include({ scenarios: 4, passed: 1, failed: 0, flaky: 1, inconclusive: 0, skipped: 2 });
    expect(summary).to.deep.include({ skippedBy: { 'needs IPv6': 2 }, cells: 2, attempts: 720 });
  });

  it('gives percentiles over the cells that had a time', () => {
    const series = Array.from({ length: 20 }, (_, index) => SERIES.closes(`y/p${index}`, 1110 + 100 * index));
    const { summary } = aRunResult([aScenarioResult({ steps: [aStep('deny', series)] })]);
    expect(summary.settle_ms).to.deep.equal({ p50: 1025, p95: 1925, max: 2025 });
    expect(aRunResult([]).summary.settle_ms).to.equal(null);
  });
});

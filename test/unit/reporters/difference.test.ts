import { expect } from 'chai';
import { compareRuns } from '../../../src/core/result/difference/compare-runs.ts';
import { differenceLines } from '../../../src/reporters/difference.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../support/result/results.ts';

const steps = [aStep('deny', [SERIES.closes('y/b', 99_999)])];
const before = aRunResult([
  aScenarioResult({ id: 'a', tags: ['egress'] }),
  aScenarioResult({ id: 'b', status: 'failed' }),
  aScenarioResult({ id: 'c' }),
]);
const after = aRunResult(
  [
    aScenarioResult({ id: 'a', tags: ['egress'], status: 'failed', steps }),
    aScenarioResult({ id: 'b' }),
    aScenarioResult({ id: 'c', status: 'skipped', reason: 'one node' }),
  ],
  { cni: { name: 'calico', version: 'v3.32.3' } },
);

describe('a difference in the terminal', () => {
  it('names both runs, what got worse first, and closes with a verdict', () => {
    expect(differenceLines(compareRuns(before, after), { colour: false })).to.deep.equal([
      'calico v3.32.3 on Kubernetes v1.37.2 (2026-01-02 03:04) against calico v3.32.2 on Kubernetes v1.37.2 (2026-01-02 03:04)',
      '✗ newly violated: a',
      '    deny: x/a->y/b:80/TCP via pod-ip',
      '? no longer decided: c: one node',
      '✓ newly enforced: b',
      '  card: egress rules: enforced, now violated',
      'worse than before',
    ]);
  });

  it('says so where nothing got worse', () => {
    expect(differenceLines(compareRuns(before, before), { colour: false }).at(-1)).to.equal('nothing got worse');
    const undecided = aRunResult([...before.scenarios.slice(0, 2), aScenarioResult({ id: 'c', status: 'skipped' })]);
    expect(differenceLines(compareRuns(before, undecided), { colour: false }).at(-1)).to.equal(
      'nothing worse, but 1 scenario no longer decided',
    );
  });
});

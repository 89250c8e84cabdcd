import { expect } from 'chai';
import { compareRuns } from '../../../src/core/result/difference/compare-runs.ts';
import type { RunResult } from '../../../src/core/result/result.ts';
import { differenceLines } from '../../../src/reporters/difference.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../support/result/results.ts';

const WIDE = { colour: false, width: 200 };
const steps = [aStep('deny', [SERIES.closes('y/b', 99_999)])];
const before = aRunResult([
  aScenarioResult({ id: 'a', tags: ['ports'] }),
  aScenarioResult({ id: 'b', status: 'failed' }),
  aScenarioResult({ id: 'c' }),
]);
const after = aRunResult(
  [
    aScenarioResult({ id: 'a', tags: ['ports'], status: 'failed', steps }),
    aScenarioResult({ id: 'b' }),
    aScenarioResult({ id: 'c', status: 'skipped', reason: 'one node' }),
  ],
  { cni: { name: 'calico', version: 'v3.32.3' } },
);

describe('a difference in the terminal', () => {
  it('names both runs, what got worse first, and closes with a verdict', () => {
    expect(differenceLines(compareRuns(before, after), WIDE)).to.deep.equal([
      'calico v3.32.3 on Kubernetes v1.37.2 (2026-01-02 03:04) against calico v3.32.2 on Kubernetes v1.37.2 (2026-01-02 03:04)',
      '✗ newly violated: a',
      '    deny: x/a->y/b:80/TCP via pod-ip',
      '? no longer decided: c: one node',
      '✓ newly enforced: b',
      '  card: rules by port number: enforced, now violated',
      'worse than before',
    ]);
  });

  it('keeps to a small terminal', () => {
    const lines = differenceLines(compareRuns(before, after), { colour: false, width: 40 });
    expect(lines.filter((line) => line.length > 40)).to.deep.equal([]);
    expect(lines.slice(0, 3)).to.deep.equal([
      'calico v3.32.3 on Kubernetes v1.37.2',
      '  (2026-01-02 03:04) against calico',
      '  v3.32.2 on Kubernetes v1.37.2',
    ]);
  });

  it('says so where nothing got worse', () => {
    expect(differenceLines(compareRuns(before, before), WIDE).at(-1)).to.equal('nothing got worse');
    const undecided = aRunResult([...before.scenarios.slice(0, 2), aScenarioResult({ id: 'c', status: 'skipped' })]);
    expect(differenceLines(compareRuns(before, undecided), WIDE).at(-1)).to.equal(
      'nothing worse, but 1 scenario no longer decided',
    );
  });

  it('says of a run that did not get to its end that not everything can be compared', () => {
    const closing = (run: RunResult) => differenceLines(compareRuns(before, run), WIDE).at(-1);
    const cut = aRunResult(before.scenarios.slice(0, 1), { interrupted: true });
    expect(closing(cut)).to.equal('the new run did not get to its end: 2 scenarios no longer decided');
    expect(closing(aRunResult(before.scenarios, { interrupted: true }))).to.equal('the new run did not get to its end');
    const worse = aRunResult([aScenarioResult({ id: 'a', status: 'failed', steps })], { interrupted: true });
    expect(closing(worse)).to.equal('worse than before, and the new run did not get to its end');
  });
});

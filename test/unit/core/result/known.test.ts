import { expect } from 'chai';
import type { CellSeries } from '../../../../src/core/judge/record.ts';
import { exitCodeOf } from '../../../../src/core/result/build-run.ts';
import { type KnownFinding, withKnown } from '../../../../src/core/result/known.ts';
import type { ScenarioResult } from '../../../../src/core/result/result.ts';
import { resultSchema } from '../../../../src/core/result/schema.ts';
import { closingLines } from '../../../../src/reporters/closing.ts';
import { formatJunit } from '../../../../src/reporters/junit.ts';
import { attempts } from '../../../support/judge/step.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../../support/result/results.ts';

const calico = { name: 'calico', version: 'v3.28.5' };
const finding: KnownFinding = {
  scenario: 'article/deny',
  plugin: 'calico',
  versions: ['3.28'],
  cells: ['*->y/b:80'],
  why: 'the port is forgotten',
  finding: 'docs/findings.md#port',
};

const leaking = (to = 'y/b') => ({ ...SERIES.closes(to), attempts: attempts(0, 9000, () => 'open') });
const failing = (...to: readonly string[]): ScenarioResult =>
  aScenarioResult({ status: 'failed', steps: [aStep('deny', to.map(leaking))] });

describe('a finding that is known of a plugin', () => {
  const known = (result: ScenarioResult, over: Partial<KnownFinding> = {}, cni = calico) =>
    withKnown(result, [{ ...finding, ...over }], cni);

  it('marks a failure of the cells that it lists, which then is none of the run', () => {
    const result = known(failing('y/b'));
    expect(result.known).to.deep.equal({ why: finding.why, finding: finding.finding });
    const run = aRunResult([aScenarioResult({ id: 'other' }), result]);
    expect(run.summary).to.include({ passed: 1, failed: 0, known: 1 });
    expect(exitCodeOf(run)).to.equal(0);
    expect(resultSchema.parse(JSON.parse(JSON.stringify(run))).scenarios[1]?.known).to.deep.equal(result.known);
  });

  it('is told in the closing lines and in JUnit, where it is no failure', () => {
    const run = aRunResult([known(failing('y/b'))]);
    const lines = closingLines(run, { width: 100, colour: false }).join('\n');
    expect(lines).to.include('! article/deny: known to fail: the port is forgotten (docs/findings.md#port)');
    expect(lines).to.include('1 scenario: 1 known to fail');
    expect(formatJunit(run)).to.include('<skipped message="known to fail').and.not.to.include('<failure');
  });

  it('excuses no scenario that could not be run to its end', () => {
    expect(known({ ...failing('y/b'), incomplete: true }).known).to.equal(undefined);
  });

  it('excuses no other cell', () => {
    const result = known(failing('y/b', 'y/c'));
    expect(result.known).to.equal(undefined);
    expect(exitCodeOf(aRunResult([result]))).to.equal(1);
  });

  it('is of connections that are held, too: each failure of one counts', () => {
    const cell = { ...SERIES.closes('y/b').planned.cell, to: 'y/b' };
    const connection = { state: 'kept', broken_ms: null, exchanges: 40, answered: 40, again: 'open' } as const;
    const held = (to: string) => ({ ...cell, ...connection, to, status: 'failed' as const });
    const step = (to: string, cells: readonly CellSeries[] = [SERIES.closes()]) => ({
      ...aStep('deny', cells),
      connections: [held(to)],
    });
    const failed = (to: string, cells?: readonly CellSeries[]) =>
      aScenarioResult({ status: 'failed', steps: [step(to, cells)] });
    expect(known(failed('y/b')).known).not.to.equal(undefined);
    expect(known(failed('y/c')).known).to.equal(undefined);
    expect(known(failed('y/c', [leaking('y/b')])).known, 'beside a cell that is known').to.equal(undefined);
    expect(known(failed('y/b'), { sometimes: true }).known).to.equal(undefined);
  });

  it('is red when it passes', () => {
    const result = known(aScenarioResult());
    expect(result.status).to.equal('failed');
    expect(result.reason).to.include('calico v3.28.5');
    expect(exitCodeOf(aRunResult([result]))).to.equal(1);
  });

  it('is green without showing, or when it shows once and not again, where it shows only sometimes', () => {
    const sometimes = { sometimes: true };
    const cut = (fromMs: number, toMs: number, over: CellSeries): CellSeries => ({
      ...over,
      attempts: attempts(0, 9000, (ms) => (ms > fromMs && ms < toMs ? 'dropped' : 'open')),
    });
    const briefly = cut(3_000, 3_600, SERIES.staysOpen('y/b'));
    const shown = (status: 'failed' | 'flaky') => aScenarioResult({ status, steps: [aStep('deny', [briefly])] });
    expect(known(aScenarioResult(), sometimes).status).to.equal('passed');
    expect(known(shown('failed'), sometimes).known).not.to.equal(undefined);
    expect(known(shown('flaky'), sometimes).known).not.to.equal(undefined);
    expect(known(shown('flaky')).known, 'always').to.equal(undefined);
    const [longer, leak] = [cut(3_000, 9_000, SERIES.staysOpen('y/b')), cut(0, 8_400, SERIES.closes('y/b'))];
    const failed = (series: CellSeries) => aScenarioResult({ status: 'failed', steps: [aStep('deny', [series])] });
    expect(known(failed(longer), sometimes).known, 'for good').to.equal(undefined);
    expect(known(failed(leak), sometimes).known, 'a leak').to.equal(undefined);
  });

  it('is one of the steps that it names, where it names any', () => {
    expect(known(failing('y/b'), { steps: ['deny'] }).known).not.to.equal(undefined);
    expect(known(failing('y/b'), { steps: ['allow'] }).known).to.equal(undefined);
  });

  it('may be one of several that a scenario shows', () => {
    const other = { ...finding, cells: ['*->y/c:80'], why: 'another port is forgotten' };
    const result = withKnown(failing('y/b', 'y/c'), [other, finding], calico);
    expect(result.known?.why).to.equal(finding.why);
  });

  it('says nothing of other scenarios, plugins, versions, nor of what could not be found out', () => {
    const failed = failing('y/b');
    expect(known(failed, { scenario: 'article/other' })).to.equal(failed);
    expect(known(failed, { plugin: 'cilium' })).to.equal(failed);
    expect(known(failed, { versions: ['3.2', 'v3.28.50'] })).to.equal(failed);
    expect(known(failed, { versions: ['v3.28.5'] }).known).not.to.equal(undefined);
    const unknown = aScenarioResult({ status: 'inconclusive', steps: [aStep('deny', [SERIES.unknown()])] });
    expect(known(unknown)).to.equal(unknown);
    const flaky = aScenarioResult({ status: 'flaky' });
    expect(known(flaky)).to.equal(flaky);
  });
});

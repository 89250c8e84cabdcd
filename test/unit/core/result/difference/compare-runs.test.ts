import { expect } from 'chai';
import { compareRuns, exitCodeOfDifference } from '../../../../../src/core/result/difference/compare-runs.ts';
import type { ResultStatus, RunResult } from '../../../../../src/core/result/result.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../../../support/result/results.ts';

const runOf = (statuses: Readonly<Record<string, ResultStatus>>) =>
  aRunResult(Object.entries(statuses).map(([id, status]) => aScenarioResult({ id, status, tags: ['ports'] })));

const changes = (before: RunResult, after: RunResult) =>
  compareRuns(before, after).scenarios.map(({ id, change }) => `${id} ${change}`);

/** A run of scenarios that each create a policy, which closes a cell after so many ms. */
const timed = (times: readonly number[]) =>
  aRunResult(
    times.map((ms, index) => {
      const step = aStep('deny', [SERIES.closes('y/b', 1000 + ms), SERIES.closes('y/c', 1000 + ms)]);
      const created = { ...step, changes: [{ kind: 'create', object: 'NetworkPolicy y/deny' }] };
      return aScenarioResult({ id: `s${index}`, steps: [created] });
    }),
  );

const settled = (before: RunResult, after: RunResult) =>
  compareRuns(before, after).latency.find(({ measure }) => measure === 'settle');

describe('the difference of two runs', () => {
  it('says which scenarios are newly violated, flaky, enforced, no longer decided, new and gone', () => {
    const before = runOf({ a: 'passed', b: 'failed', c: 'passed', d: 'passed', e: 'passed', f: 'skipped' });
    const after = runOf({ a: 'failed', b: 'passed', c: 'flaky', d: 'inconclusive', f: 'passed', g: 'passed' });
    expect(changes(before, after)).to.deep.equal([
      'a violated',
      'c flaky',
      'd undecided',
      'b enforced',
      'f enforced',
      'g new',
      'e gone',
    ]);
  });

  it('says nothing of what came out as before', () => {
    const run = runOf({ a: 'passed', b: 'failed', c: 'flaky', d: 'skipped', e: 'inconclusive' });
    expect(compareRuns(run, run)).to.deep.include({ worse: false, scenarios: [], card: [] });
  });

  it('says which cells of a scenario fail that did not, also where it failed already', () => {
    const leaking = (...cells: readonly string[]) => {
      const steps = [
        aStep(
          'deny',
          cells.map((to) => SERIES.closes(to, 99_999)),
        ),
      ];
      return aRunResult([aScenarioResult({ status: 'failed', steps })]);
    };
    const { scenarios, worse } = compareRuns(leaking('y/b'), leaking('y/b', 'y/c'));
    expect(scenarios.map(({ change, cells }) => ({ change, cells }))).to.deep.equal([
      { change: 'violated', cells: ['deny: x/a->y/c:80/TCP via pod-ip'] },
    ]);
    expect(worse).to.equal(true);
    expect(compareRuns(leaking('y/b', 'y/c'), leaking('y/b')).worse).to.equal(false);
  });

  it('says how the capability card changed', () => {
    const { card } = compareRuns(runOf({ a: 'passed' }), runOf({ a: 'failed' }));
    expect(card).to.deep.equal([
      { property: 'ports', title: 'rules by port number', before: 'enforced', after: 'violated' },
    ]);
  });

  describe('with a run that did not get to its end', () => {
    const before = runOf({ a: 'passed', b: 'failed', c: 'skipped', d: 'passed' });
    const reached = [aScenarioResult({ id: 'a', tags: ['tcp'] })];
    const exit = (after: RunResult) => exitCodeOfDifference(compareRuns(before, after));

    it('misses what was decided before and has no result now, and asks for exit code 3', () => {
      for (const after of [aRunResult(reached, { interrupted: true }), aRunResult(reached, { unfinished: 3 })]) {
        expect(changes(before, after)).to.deep.equal(['b undecided', 'd undecided', 'c gone']);
        expect(compareRuns(before, after).scenarios[0]).to.include({
          after: null,
          reason: 'the run did not get to it',
        });
        expect(exit(after)).to.equal(3);
      }
    });

    it('asks for exit code 3 of a run without any result, and of one that was interrupted at its very end', () => {
      expect(changes(before, aRunResult([]))).to.deep.equal(['a undecided', 'b undecided', 'd undecided', 'c gone']);
      expect(exit(aRunResult([]))).to.equal(3);
      expect(exit(aRunResult(before.scenarios, { interrupted: true }))).to.equal(3);
    });

    it('asks for exit code 1 all the same where something got worse', () => {
      expect(exit(aRunResult([aScenarioResult({ id: 'a', status: 'failed' })], { interrupted: true }))).to.equal(1);
    });

    it('takes scenarios for gone that a run was not given', () => {
      expect(changes(before, aRunResult(reached, { unfinished: 0 }))).to.deep.equal(['b gone', 'c gone', 'd gone']);
      expect(exit(aRunResult(reached))).to.equal(0);
    });
  });

  it('asks for exit code 1 when something got worse, 3 when something is no longer known, else 0', () => {
    const code = (before: ResultStatus, after: ResultStatus) =>
      exitCodeOfDifference(compareRuns(runOf({ a: before }), runOf({ a: after })));
    expect(code('passed', 'failed')).to.equal(1);
    expect(code('passed', 'flaky')).to.equal(1);
    expect(code('skipped', 'failed')).to.equal(1);
    expect(code('passed', 'inconclusive')).to.equal(3);
    expect(code('passed', 'skipped')).to.equal(3);
    expect(code('failed', 'flaky')).to.equal(0);
    expect(code('failed', 'passed')).to.equal(0);
    expect(code('skipped', 'inconclusive')).to.equal(0);
    expect(exitCodeOfDifference(compareRuns(runOf({}), runOf({ a: 'failed' })))).to.equal(0);
    expect(exitCodeOfDifference(compareRuns(timed(Array(20).fill(100)), timed(Array(20).fill(400))))).to.equal(1);
  });
});

describe('the times of two runs', () => {
  const usual = Array.from({ length: 24 }, (_, index) => 100 + 25 * (index % 4));

  it('are slower, or faster, where nearly all steps shifted by more than either run scatters', () => {
    const slow = timed(usual.map((ms) => ms + 300));
    expect(settled(timed(usual), slow)).to.include({ verdict: 'slower', steps: 24, shiftMs: 300 });
    expect(settled(slow, timed(usual))).to.include({ verdict: 'faster', shiftMs: -300 });
  });

  it('are the same where a sure shift is smaller than what one run scatters anyway', () => {
    const scattered = Array.from({ length: 24 }, (_, index) => 100 + 50 * (index % 12));
    const found = settled(timed(scattered), timed(scattered.map((ms) => ms + 50)));
    expect(found?.p).to.be.lessThan(0.001);
    expect(found?.verdict).to.equal('same');
  });

  it('are the same where steps scatter both ways', () => {
    const swapped = usual.map((_, index) => usual[usual.length - 1 - index] ?? 0);
    expect(settled(timed(usual), timed(swapped))?.verdict).to.equal('same');
    expect(settled(timed(usual), timed(usual))).to.include({ verdict: 'same', shiftMs: 0 });
  });

  it('are not told from few steps, nor of scenarios that only one run has', () => {
    expect(settled(timed([100, 125]), timed([500, 525]))?.verdict).to.equal('too-few');
    expect(settled(timed([]), timed(usual))).to.equal(undefined);
  });
});

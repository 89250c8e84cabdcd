import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import type { RunResult, ScenarioResult } from '../../src/core/result/result.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../support/result/results.ts';
import { type Expressions, runJob, type WorkflowJob, type WorkflowStep } from '../support/workflow-run.ts';

const root = new URL('../../', import.meta.url);
const yaml = (path: string) => parse(readFileSync(new URL(path, root), 'utf8'));
const jobsOf = (file: string): Readonly<Record<string, WorkflowJob>> => yaml(`.github/workflows/${file}`).jobs;

const matrix = JSON.stringify([{ cni: 'calico@v3.33.0', kubernetes: 'v1.37.0', name: 'x' }]);
const expressions: Expressions = {
  'inputs.cni': '',
  'inputs.kubernetes': '',
  'inputs.scenarios': 'policies/a.yaml policies/b.yaml',
  'inputs.kubeconfig': '',
  'inputs.results': 'netproof-results',
  'matrix.cni': 'calico@v3.33.0',
  'matrix.kubernetes': 'v1.37.0',
  'needs.plan.outputs.matrix': matrix,
  'github.token': 'none',
  'github.repository': 'netproof/netproof',
  'github.run_id': '42',
  'github.run_number': '7',
  'github.action_path': '.',
};

const good = aRunResult([aScenarioResult({ id: 'a' }), aScenarioResult({ id: 'b' })]);
const undecided = aRunResult([
  aScenarioResult({ id: 'a' }),
  aScenarioResult({ id: 'b', status: 'skipped', reason: 'one node' }),
]);
const bad = aRunResult([aScenarioResult({ id: 'a' }), aScenarioResult({ id: 'b', status: 'failed' })]);

describe('the scripts of the workflows', function () {
  this.timeout(300_000);
  let folder: string;
  let fixture: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'netproof-workflows-'));
    fixture = join(folder, 'result.json');
    writeFileSync(fixture, JSON.stringify(good));
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const file of ['ci.yml', 'nightly.yml']) {
    const withScripts = Object.entries(jobsOf(file)).filter(([, { steps }]) =>
      steps.some(({ run }) => run !== undefined),
    );
    for (const [name, job] of withScripts) {
      it(`of ${file}, job ${name}, run`, () => {
        const { steps: ran } = runJob(job, expressions, fixture);
        expect(ran).to.not.be.empty;
        for (const { title, code, output } of ran) expect(code, `${title}: ${output}`).to.equal(0);
      });
    }
  }

  it('plan the night as a matrix that GitHub reads', () => {
    const { files } = runJob(jobsOf('nightly.yml').plan!, expressions, fixture);
    const [, planned = ''] = /^matrix=(.*)$/m.exec(files.output) ?? [];
    const names = (JSON.parse(planned) as readonly { readonly name: string }[]).map(({ name }) => name);
    expect(names).to.include('calico-v3.33.0-kubernetes-v1.37.0').and.include('kindnet-kubernetes-v1.37.0');
    expect(new Set(names).size).to.equal(names.length);
  });

  it('plan one plugin where one is asked for', () => {
    const asked = { ...expressions, 'inputs.cni': 'cilium@v1.21.0', 'inputs.kubernetes': 'v1.37.0' };
    const { files } = runJob(jobsOf('nightly.yml').plan!, asked, fixture);
    expect(files.output).to.contain(
      '[{"cni":"cilium@v1.21.0","kubernetes":"v1.37.0","name":"cilium-v1.21.0-kubernetes-v1.37.0"}]',
    );
  });

  it('of the action run netproof on what it is given', () => {
    const { steps } = yaml('action.yml').runs as { readonly steps: readonly WorkflowStep[] };
    const given = { ...expressions, 'inputs.cni': 'calico' };
    const own = runJob({ steps }, given, fixture);
    expect(own.steps.map(({ code, output }) => [code, output])).to.deep.equal(own.steps.map(() => [0, '']));
    expect(own.calls.join('\n')).to.contain(
      'src/cli/main.ts run policies/a.yaml policies/b.yaml --cni calico --json netproof-results/result.json',
    );
    const standing = runJob({ steps }, { ...given, 'inputs.kubeconfig': 'staging.yaml' }, fixture);
    expect(standing.calls.join('\n')).to.contain('--kubeconfig staging.yaml').and.not.contain('--cni');
  });

  it('compare a plugin with the last night that has a result of it, and ask no further', () => {
    const { calls, files } = runJob(jobsOf('nightly.yml').summary!, expressions, fixture);
    const asked = calls.filter((call) => call.includes('run download') && call.includes('--dir old'));
    expect(asked).to.deep.equal([
      'gh run download 41 --pattern result-x --dir old',
      'gh run download 40 --pattern result-x --dir old',
    ]);
    expect(files.summary).to.contain('| x | as good as before | 2 | 0 | 0 |');
  });

  describe('compare a night with one before', () => {
    /** The summary of a night and the exit code, where the results are these; undefined: there is none. */
    const summaryOf = (before: RunResult | undefined, after: RunResult | undefined, names = ['x']) => {
      const night = mkdtempSync(join(folder, 'night-'));
      for (const [name, result] of Object.entries({ old: before, new: after })) {
        if (result === undefined) continue;
        for (const plugin of names) {
          mkdirSync(join(night, name, `result-${plugin}`), { recursive: true });
          writeFileSync(join(night, name, `result-${plugin}`, 'result.json'), JSON.stringify(result));
        }
      }
      const script = new URL('bin/nightly-summary.mjs', root).pathname;
      const options = {
        cwd: night,
        env: { ...process.env, MATRIX: JSON.stringify(names.map((name) => ({ name }))) },
        encoding: 'utf8',
      } as const;
      const { status } = spawnSync(process.execPath, [script, 'old', 'new', 'summary.md'], options);
      return { status, text: readFileSync(join(night, 'summary.md'), 'utf8') };
    };

    it('and fail, with what got worse, when a plugin got worse', () => {
      const { status, text } = summaryOf(good, bad);
      expect(status, text).to.equal(1);
      expect(text)
        .to.contain('| x | **worse** | 1 | 1 | 0 |')
        .and.match(/## x\n[\s\S]*\bb\b/);
    });

    it('and pass when it is as it was, good or bad', () => {
      expect(summaryOf(good, good)).to.include({ status: 0 });
      expect(summaryOf(bad, bad)).to.include({ status: 0 });
    });

    it('and fail when a run left no result', () => {
      const { status, text } = summaryOf(good, undefined);
      expect(status).to.equal(1);
      expect(text).to.contain('no result: look at its job');
    });

    it('and fail, and say so, where something is no longer known', () => {
      const { status, text } = summaryOf(good, undecided);
      expect(status).to.equal(1);
      expect(text).to.contain('| x | nothing worse, but 1 scenario no longer decided | 1 | 0 | 0 |');
      expect(text).to.match(/## x\n[\s\S]*no longer decided\*\*: b: one node/);
    });

    it('and fail, with the reason, where the comparison itself is in trouble', () => {
      const { status, text } = summaryOf(aRunResult(good.scenarios, { simulated: true }), good);
      expect(status).to.equal(1);
      expect(text).to.match(/\| x \| could not be compared: error: .*simulated run/);
    });

    it('and stay below what GitHub takes, however much each of them has to say', () => {
      const step = aStep('deny', [SERIES.closes('y/b', 99_999)]);
      const long = step.failures.map((failure) => ({ ...failure, explanation: 'a rule that is long '.repeat(1500) }));
      const steps = [{ ...step, failures: long }];
      const wordy = (over: Partial<ScenarioResult>) =>
        aRunResult(Array.from({ length: 25 }, (_, index) => aScenarioResult({ id: `s${index}`, ...over })));
      const names = Array.from({ length: 4 }, (_, index) => `plugin-${index}`);
      const { text } = summaryOf(wordy({}), wordy({ status: 'failed', steps }), names);
      expect(Buffer.byteLength(text)).to.be.within(1000, 1024 * 1024);
      for (const name of names)
        expect(text).to.match(new RegExp(`## ${name}\\n[\\s\\S]*The whole report is with its job`));
    });

    it('and say that there is nothing to compare with on the first night', () => {
      const { status, text } = summaryOf(undefined, good);
      expect(status).to.equal(0);
      expect(text).to.contain('nothing to compare with');
    });
  });
});

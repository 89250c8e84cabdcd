import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Command } from 'commander';
import { diffCommand } from '../../../src/cli/verbs/diff.ts';
import { reportCommand } from '../../../src/cli/verbs/report.ts';
import { runCommand } from '../../../src/cli/verbs/run.ts';
import { UsageError } from '../../../src/core/diagnostics/errors.ts';
import type { RunResult } from '../../../src/core/result/result.ts';
import type { Output } from '../../../src/reporters/output.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../support/result/results.ts';
import { scenarioText } from '../../support/scenario/scenario-text.ts';

const good = aRunResult([aScenarioResult({ id: 'a', steps: [aStep('deny', [SERIES.closes()])] })]);
const bad = aRunResult([
  aScenarioResult({ id: 'a', status: 'failed', steps: [aStep('deny', [SERIES.closes('y/b', 99_999)])] }),
]);

describe('the verbs that work on stored results', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netproof-report-'));
  const at = (name: string) => join(folder, name);
  const store = (name: string, result: RunResult) => {
    writeFileSync(at(name), JSON.stringify(result));
    return at(name);
  };
  const { exitCode } = process;
  afterEach(() => {
    process.exitCode = exitCode;
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs a verb; resolves with what it printed. */
  const call = async (verb: (output: () => Output) => Command, ...args: readonly string[]): Promise<string> => {
    const lines: string[] = [];
    const output = {
      print: (more: readonly string[]) => lines.push(...more),
      live: () => {},
      rows: 24,
      width: 80,
      colour: false,
    };
    await verb(() => output).parseAsync([...args], { from: 'user' });
    return lines.join('\n');
  };
  const codeOf = async (...args: Parameters<typeof call>): Promise<string> => {
    const error = await call(...args).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    return error instanceof UsageError ? error.code : String(error);
  };

  it('report: makes each report from a stored result', async () => {
    const files = ['--html', at('r.html'), '--markdown', at('r.md'), '--junit', at('r.xml')];
    expect(await call(reportCommand, store('bad.json', bad), ...files)).to.equal('');
    expect(readFileSync(at('r.html'), 'utf8'))
      .to.match(/^<!doctype html>/i)
      .and.include('id="scenario-0"');
    expect(readFileSync(at('r.md'), 'utf8')).to.include('❌ 1 failed');
    expect(readFileSync(at('r.xml'), 'utf8')).to.include('failures="1"');
  });

  it('report: without a file to write, says what it came to', async () => {
    const printed = await call(reportCommand, store('bad.json', bad));
    expect(printed)
      .to.match(/^a: Deny all\n {2}✗ deny/)
      .and.include('x/a   [.]')
      .and.include('repeat    repeat x/a y/b 80');
    expect(printed.indexOf('repeat x/a')).to.be.lessThan(printed.indexOf('1 scenario: 1 failed'));
    expect(await call(reportCommand, store('good.json', good))).to.match(/^1 scenario: 1 passed/);
  });

  it('report: takes no text of a result for markup of the page', async () => {
    const nasty = '</script><script>alert(1)</script><!--';
    const result = aRunResult([aScenarioResult({ id: 'a', title: nasty, status: 'skipped', reason: nasty })]);
    await call(reportCommand, store('nasty.json', result), '--html', at('nasty.html'));
    expect(readFileSync(at('nasty.html'), 'utf8')).to.not.include('alert(1)</script>');
  });

  it('report: refuses what is no result, what is not there, and to overwrite what it reads', async () => {
    writeFileSync(at('text.json'), 'not JSON');
    writeFileSync(at('other.json'), '{"version": 2}');
    expect(await codeOf(reportCommand, at('text.json'))).to.equal('result-invalid');
    expect(await codeOf(reportCommand, at('other.json'))).to.equal('result-invalid');
    expect(await codeOf(reportCommand, at('nowhere.json'))).to.equal('result-unreadable');
    const file = store('good.json', good);
    expect(await codeOf(reportCommand, file, '--html', file)).to.equal('output-is-input');
    symlinkSync(folder, at('link'));
    expect(await codeOf(reportCommand, file, '--html', join(at('link'), 'good.json'))).to.equal('output-is-input');
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.deep.equal(good);
    const twice = ['--html', at('same'), '--markdown', join(at('link'), 'none', '..', 'same')];
    expect(await codeOf(reportCommand, file, ...twice)).to.equal('outputs-equal');
    expect(existsSync(at('same'))).to.equal(false);
    await call(reportCommand, file, '--html', '/dev/null', '--markdown', '/dev/null');
  });

  it('diff: refuses to overwrite what it compares', async () => {
    const [old, now] = [store('good.json', good), store('bad.json', bad)];
    expect(await codeOf(diffCommand, old, now, '--html', old)).to.equal('output-is-input');
    expect(await codeOf(diffCommand, old, now, '--markdown', now)).to.equal('output-is-input');
    expect(JSON.parse(readFileSync(old, 'utf8'))).to.deep.equal(good);
  });

  it('run: refuses to overwrite its scenarios, and reports in one file, before it begins', async () => {
    const scenario = at('scenario.yaml');
    const text = scenarioText({});
    writeFileSync(scenario, text);
    const refusal = (...files: string[]) => codeOf(runCommand, '--simulate', scenario, ...files);
    expect(await refusal('--json', scenario)).to.equal('output-is-input');
    expect(await refusal('--json', at('one'), '--html', at('one'))).to.equal('outputs-equal');
    expect(readFileSync(scenario, 'utf8')).to.equal(text);
  });

  it('diff: exits 1 when something got worse, and says what, also in reports', async () => {
    const files = ['--html', at('d.html'), '--markdown', at('d.md')];
    const printed = await call(diffCommand, store('good.json', good), store('bad.json', bad), ...files);
    expect(printed).to.include('newly violated: a').and.include('worse than before');
    expect(process.exitCode).to.equal(1);
    expect(readFileSync(at('d.md'), 'utf8')).to.include('Worse than before');
    expect(readFileSync(at('d.html'), 'utf8')).to.include('"worse":true');
  });

  it('diff: exits 0 when nothing did', async () => {
    expect(await call(diffCommand, store('bad.json', bad), store('good.json', good))).to.include('newly enforced: a');
    expect(process.exitCode).to.equal(0);
  });

  it('diff: refuses simulated results, on either side, and writes nothing', async () => {
    const simulated = store('simulated.json', aRunResult(good.scenarios, { simulated: true }));
    const real = store('good.json', good);
    expect(await codeOf(diffCommand, simulated, real, '--html', at('no.html'))).to.equal('simulated-result');
    expect(await codeOf(diffCommand, real, simulated)).to.equal('simulated-result');
    expect(existsSync(at('no.html'))).to.equal(false);
  });
});

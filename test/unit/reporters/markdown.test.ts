import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compareRuns } from '../../../src/core/result/difference/compare-runs.ts';
import { connectionLines } from '../../../src/reporters/connection-lines.ts';
import { formatJunit } from '../../../src/reporters/junit.ts';
import { codeBlock, inline } from '../../../src/reporters/markdown/escape.ts';
import { formatMarkdown, writeMarkdown } from '../../../src/reporters/markdown/markdown.ts';
import { attempts } from '../../support/judge/step.ts';
import { aRunResult, aScenarioResult, aStep, SERIES } from '../../support/result/results.ts';

const created = { ...aStep('deny', [SERIES.closes()]), changes: [{ kind: 'create', object: 'NetworkPolicy y/deny' }] };
const failed = aStep('deny', [SERIES.closes('y/b', 99_999)]);
const result = aRunResult([
  aScenarioResult({ id: 'good', tags: ['udp'], steps: [created] }),
  aScenarioResult({ id: 'bad|one', tags: ['tcp'], status: 'failed', steps: [failed] }),
  aScenarioResult({ id: 'sctp', status: 'skipped', reason: 'no SCTP' }),
]);

describe('a Markdown report', () => {
  it('has the counts, what failed with its matrix and facts, the card, the times', () => {
    const text = formatMarkdown(result);
    expect(text).to.match(/^## netproof: calico v3\.32\.2 on Kubernetes v1\.37\.2\n/);
    expect(text).to.include('**❌ 1 failed · ✅ 1 passed · ⏭️ 1 skipped**').and.include('- 1 skipped: no SCTP');
    expect(text).to.include(
      '<details><summary><b>bad\\|one</b> failed: deny: x/a-&gt;y/b:80/TCP via pod-ip open instead of closed, ',
    );
    expect(text).to.include('x/a   [.]').and.include('repeat    repeat x/a y/b 80');
    expect(text).to.include('| TCP | ❌ violated | bad\\|one; 0 scenarios passed |');
    expect(text).to.include('| create | 1 | 325 / 325 / 325 ms | 325 / 325 / 325 ms |');
    expect(text).to.not.include('Difference');
  });

  it('says which connection was lost, as the JUnit report does', () => {
    const series = SERIES.staysOpen();
    const exchanges = attempts(0, 9000, (sentMs) => (sentMs < 2_000 ? 'open' : 'refused'));
    const held = { cell: series.planned.cell, exchanges, again: undefined };
    const steps = [aStep('others', [series], { connections: [held] })];
    const lost = aRunResult([aScenarioResult({ id: 'lost', status: 'failed', steps })]);
    expect(formatMarkdown(lost)).to.include('x/a->y/b:80/TCP via pod-ip, a connection held open');
    expect(formatJunit(lost)).to.include(', a connection held open: expected open, observed refused');
    expect(connectionLines(steps[0]!)).to.include(
      'held x/a->y/b:80/TCP via pod-ip: cut 1000 ms after the change (FAILED)',
    );
  });

  it('has the difference to an earlier run where there is one', () => {
    const before = aRunResult([aScenarioResult({ id: 'bad|one', tags: ['tcp'], steps: [created] })]);
    const text = formatMarkdown(result, compareRuns(before, result));
    expect(text).to.include('### ❌ Worse than before');
    expect(text).to.include('- **newly violated**: bad\\|one: deny: x/a-&gt;y/b:80/TCP via pod-ip');
    expect(text).to.include('- card: TCP: enforced, now **violated**');
  });

  it('does not call a run as good as before that did not get to its end', () => {
    const cut = aRunResult([], { interrupted: true });
    const text = formatMarkdown(cut, compareRuns(result, cut));
    expect(text).to.include('### ❔ Not everything can be compared').and.not.include('Nothing changed');
    expect(text).to.include('the new run did not get to its end: 2 scenarios no longer decided');
    expect(text).to.include('- **no longer decided**: good: the run did not get to it');
  });

  it('says of a simulated run that it proves nothing, and has no card of it', () => {
    const text = formatMarkdown(aRunResult(result.scenarios, { simulated: true }));
    expect(text).to.include('**Simulated').and.not.include('Capability card');
  });

  it('stays below what GitHub takes however much failed', () => {
    const cells = Array.from({ length: 60 }, (_, index) => SERIES.closes(`y/pod-${index}`, 99_999));
    const steps = [aStep('deny', cells)];
    const many = Array.from({ length: 60 }, (_, index) =>
      aScenarioResult({ id: `s${index}`, status: 'failed', steps }),
    );
    const text = formatMarkdown(aRunResult(many));
    expect(Buffer.byteLength(text)).to.be.lessThan(1024 * 1024);
    expect(text).to.include('… and 35 more scenarios in the result.').and.include('… and 56 more cells in the result.');
  });

  it('shows less of each where much would be too long, and never leaves a fold open', () => {
    const long = (line: string) => Array.from({ length: 12 }, () => line.repeat(700)).join('\n');
    const verbose = aStep('deny', [SERIES.closes('y/b', 99_999)]);
    const failures = verbose.failures.map((failure) => ({ ...failure, explanation: long('a rule that is long ') }));
    const many = Array.from({ length: 25 }, (_, index) =>
      aScenarioResult({ id: `s${index}`, status: 'failed', steps: [{ ...verbose, failures }] }),
    );
    const text = formatMarkdown(aRunResult(many));
    expect(Buffer.byteLength(text)).to.be.lessThan(700_000);
    expect(text).to.include('Too long for a summary: see the result.');
    expect(text.match(/<details>/g)).to.have.length(25);
    expect(text.match(/<\/details>/g)).to.have.length(25);
    for (const { id } of many) expect(text).to.include(`<b>${id}</b> failed: deny: `);
  });

  it('takes no text for markup', () => {
    expect(inline('a|b\n<img src=x> *c* `d`')).to.equal('a\\|b &lt;img src=x&gt; \\*c\\* \\`d\\`');
    expect(codeBlock('a ``` b')).to.equal('````text\na ``` b\n````');
  });
});

describe('a written Markdown report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netproof-markdown-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('replaces a file, but is appended to the summary of a GitHub job', async () => {
    const file = join(folder, 'summary.md');
    writeFileSync(file, 'before\n');
    await writeMarkdown(file, result, null, { GITHUB_STEP_SUMMARY: file });
    expect(readFileSync(file, 'utf8')).to.equal(`before\n${formatMarkdown(result)}`);
    await writeMarkdown(file, result, null, {});
    expect(readFileSync(file, 'utf8')).to.equal(formatMarkdown(result));
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { compareRuns } from '../../../src/core/result/difference/compare-runs.ts';
import { codeBlock, inline } from '../../../src/reporters/markdown/escape.ts';
import { formatMarkdown, writeMarkdown } from '../../../src/reporters/markdown/markdown.ts';
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
    expect(text).to.include('<details><summary><b>bad\\|one</b> failed</summary>');
    expect(text).to.include('x/a   [.]').and.include('repeat    repeat x/a y/b 80');
    expect(text).to.include('| TCP | ❌ violated | bad\\|one; 0 scenarios passed |');
    expect(text).to.include('| create | 1 | 325 / 325 / 325 ms | 325 / 325 / 325 ms |');
    expect(text).to.not.include('Difference');
  });

  it('has the difference to an earlier run where there is one', () => {
    const before = aRunResult([aScenarioResult({ id: 'bad|one', tags: ['tcp'], steps: [created] })]);
    const text = formatMarkdown(result, compareRuns(before, result));
    expect(text).to.include('### ❌ Worse than before');
    expect(text).to.include('- **newly violated**: bad\\|one: deny: x/a-&gt;y/b:80/TCP via pod-ip');
    expect(text).to.include('- card: TCP: enforced, now **violated**');
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

// Compares the results of this night with the last ones before it and writes a summary for people. Exits 1 where a plugin got
// worse, left no result, or could not be compared in full. Usage: MATRIX=... node bin/nightly-summary.mjs OLD NEW SUMMARY.md, folders of artifacts; MATRIX is
// what nightly-matrix.mjs printed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [oldFolder = 'old', newFolder = 'new', summary = 'summary.md'] = process.argv.slice(2);
const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
const resultOf = (folder, name) => join(folder, `result-${name}`, 'result.json');

/** What became of one plugin: a word for the table, whether it is bad news, and what to read about it. */
const compare = (name) => {
  const fresh = resultOf(newFolder, name);
  if (!existsSync(fresh)) return { word: 'no result: look at its job', bad: true };
  const before = resultOf(oldFolder, name);
  if (!existsSync(before)) return { word: 'nothing to compare with', bad: false };
  const folder = mkdtempSync(join(tmpdir(), 'netproof-nightly-'));
  try {
    const page = join(folder, 'difference.md');
    const args = [main, 'diff', before, fresh, '--markdown', page];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status === 0) return { word: 'as good as before', bad: false };
    // 3 is also what trouble of our own ends with: then there is no page.
    if (!existsSync(page)) return { word: `could not be compared: ${stderr.trim().split('\n')[0]}`, bad: true };
    const verdict = stdout.trim().split('\n').at(-1);
    return { word: status === 1 ? '**worse**' : verdict, bad: true, page: readFileSync(page, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const countsOf = (name) => {
  const file = resultOf(newFolder, name);
  if (!existsSync(file)) return '- | - | -';
  const { summary: counts } = JSON.parse(readFileSync(file, 'utf8'));
  return `${counts.passed} | ${counts.failed + counts.flaky} | ${counts.inconclusive}`;
};

/** Bytes of all pages together: GitHub takes 1 MiB a step, and drops all of a summary that has more. */
const MOST_BYTES = 800_000;

/** A page that fits into its share: whole, or only what changed, or where to read it. */
const cut = (page, share) => {
  const [changed] = page.split('\n### Not as expected');
  const note = 'The whole report is with its job.';
  const fitting = [page, `${changed}\n${note}`].find((text) => Buffer.byteLength(text) <= share);
  return fitting ?? `Too long to show here. ${note}`;
};

const names = JSON.parse(process.env.MATRIX).map(({ name }) => name);
const rows = names.map((name) => ({ name, ...compare(name) }));
const pages = rows.filter(({ page }) => page !== undefined);
const lines = [
  '## The night',
  '',
  '| run | | passed | violated | not found out |',
  '| --- | --- | --: | --: | --: |',
  ...rows.map(({ name, word }) => `| ${name} | ${word} | ${countsOf(name)} |`),
  ...pages.flatMap(({ name, page }) => ['', `## ${name}`, '', cut(page, MOST_BYTES / pages.length)]),
];
writeFileSync(summary, `${lines.join('\n')}\n`);
process.exitCode = rows.some(({ bad }) => bad) ? 1 : 0;

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';

const mocha = new URL('../../../node_modules/mocha/bin/mocha.js', import.meta.url).pathname;
const folder = `${import.meta.dirname}/parallel`;

/** Runs two files one after the other, and sends a signal when the first step has passed; resolves as `runFiles`. */
async function interruptFiles(signals: readonly ('SIGINT' | 'SIGTERM')[]) {
  const logs = mkdtempSync(join(tmpdir(), 'netproof-hooks-'));
  const log = join(logs, 'log');
  const args = [mocha, '--no-config', '--no-color', '--require', `${folder}/cluster.mts`];
  const env = { ...process.env, SUITE_LOG: log };
  const child = spawn(process.execPath, [...args, `${folder}/a.mts`, `${folder}/b.mts`], { env });
  let text = '';
  let sent = false;
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  child.stdout.on('data', (chunk) => {
    text += chunk;
    if (sent || !text.includes('✔')) return;
    sent = true;
    for (const signal of signals) child.kill(signal);
  });
  try {
    const [code] = await once(child, 'close');
    return { code, text, log: readFileSync(log, 'utf8').trim().split('\n') };
  } finally {
    rmSync(logs, { recursive: true });
  }
}

/** Runs two files of scenarios in a mocha of its own; resolves with what it printed and what its hooks wrote down. */
async function runFiles(args: readonly string[]) {
  const logs = mkdtempSync(join(tmpdir(), 'netproof-hooks-'));
  const log = join(logs, 'log');
  const all = [mocha, '--no-config', '--no-color', ...args, `${folder}/a.mts`, `${folder}/b.mts`];
  try {
    const text = await new Promise<string>((resolve) => {
      const env = { ...process.env, SUITE_LOG: log };
      execFile(process.execPath, all, { env }, (_, stdout, stderr) => resolve(stdout + stderr));
    });
    return { text, log: readFileSync(log, 'utf8').trim().split('\n') };
  } finally {
    rmSync(logs, { recursive: true });
  }
}

describe('the cluster of a mocha suite', function () {
  this.timeout(120_000);

  it('comes up once, serves every file in one run, and goes once', async () => {
    const { text, log } = await runFiles(['--require', `${folder}/cluster.mts`]);
    expect(text).to.match(/ 6 passing/);
    expect(log).to.have.length(3);
    expect(log[0]).to.equal('up');
    expect(log[1]).to.match(/^result \w+ 2 of 2$/);
    expect(log[2]).to.equal('down');
  });

  it('comes up once for parallel jobs too, each of which has a run of its own', async () => {
    const { text, log } = await runFiles(['--parallel', '--jobs', '2', '--require', `${folder}/cluster.mts`]);
    expect(text).to.match(/ 6 passing/);
    const [first, ...results] = log;
    expect(first).to.equal('up');
    expect(results.pop()).to.equal('down');
    expect(
      results.every((line) => /^result \w+ \d of \d$/.test(line)),
      log.join(),
    ).to.equal(true);
    const passed = results.map((line) => Number(line.split(' ')[2]));
    expect(passed.reduce((sum, each) => sum + each, 0)).to.equal(2);
  });

  it('is cleaned up after Ctrl-C, which skips the tests that are left and ends with 130', async () => {
    // A mocha that was given options of Node.js passes on what the terminal has sent already, twice.
    for (const signals of [['SIGINT'], ['SIGINT', 'SIGINT', 'SIGTERM']] as const) {
      const { code, text, log } = await interruptFiles(signals);
      expect(code, text).to.equal(130);
      expect(text).to.include('interrupted: cleaning up').and.not.include('interrupted again');
      expect(text, text).to.match(/ 1 passing/);
      expect(text, text).to.match(/ [45] pending/);
      expect(log).to.have.length(3);
      expect(log[1]).to.match(/^result \w+ 0 of 0, interrupted$/);
      expect(log[2]).to.equal('down');
    }
  });

  it('is missed by a suite whose hooks nobody required', async () => {
    const { text } = await runFiles(['--require', `${folder}/only-log.mts`]);
    expect(text).to.contain('no cluster was brought up for this suite');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

describe('output that nobody reads', () => {
  const scenario = 'scenarios/recipes/14-deny-external-egress-traffic.yaml';
  const folder = mkdtempSync(join(tmpdir(), 'netproof-unread-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs `netproof ARGS` with both streams closed once the first line was read, as `| head -1` does. */
  const cutShort = async (...args: readonly string[]): Promise<number | null> => {
    const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    const exited = once(child, 'exit');
    child.stderr.destroy();
    await Promise.race([once(child.stdout, 'data'), exited]);
    child.stdout.destroy();
    const [code] = await exited;
    return code;
  };

  it('changes nothing in a run: it goes to its end, writes its result, keeps its exit code', async () => {
    const json = join(folder, 'result.json');
    expect(await cutShort('run', '--simulate', scenario, '--hold', '200ms', '--json', json)).to.equal(0);
    const { run, summary } = JSON.parse(readFileSync(json, 'utf8'));
    expect(run.interrupted).to.equal(false);
    expect(summary.passed).to.equal(summary.scenarios);
  });

  it('leaves the exit code of a mistake as it is', async () => {
    expect(await cutShort('run', '--simulate', join(folder, 'nowhere.yaml'))).to.equal(2);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { announceRun, liveRuns } from '../../../src/adapters/live-runs.ts';

const module = fileURLToPath(new URL('../../../src/adapters/live-runs.ts', import.meta.url));

describe('runs that go on', () => {
  const root = mkdtempSync(join(tmpdir(), 'netproof-live-'));
  const runs = join(root, 'runs');
  after(() => rmSync(root, { recursive: true, force: true }));

  it('are none where none was ever noted', () => {
    expect(liveRuns({ runs })).to.deep.equal([]);
  });

  it('are noted from their begin to their end', () => {
    const noted = announceRun({ runs }, 'abc123');
    expect(liveRuns({ runs })).to.deep.equal([{ id: 'abc123', pid: process.pid }]);
    noted[Symbol.dispose]();
    expect(liveRuns({ runs })).to.deep.equal([]);
  });

  it('are no longer those of a process that was killed', async () => {
    const program = `import { announceRun } from ${JSON.stringify(module)};
      announceRun({ runs: ${JSON.stringify(runs)} }, 'killed');
      console.log('noted');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    expect(liveRuns({ runs }).map(({ pid }) => pid)).to.deep.equal([child.pid]);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(liveRuns({ runs })).to.deep.equal([]);
    expect(readdirSync(runs)).to.deep.equal([]);
  });
});

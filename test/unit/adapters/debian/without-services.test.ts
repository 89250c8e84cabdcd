import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { withoutServices } from '../../../../src/adapters/debian/without-services.ts';
import { runCommand } from '../../../../src/adapters/process/run-command.ts';

const exitCode = (command: string): Promise<number> =>
  runCommand('sh', ['-c', `${command} docker start; echo $?`]).then(({ stdout }) => Number(stdout));

describe('withoutServices', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netproof-policy-'));
    file = join(folder, 'policy-rc.d');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('forbids services during the work and removes its policy, also when the work fails', async () => {
    expect(await withoutServices(() => exitCode(file), file)).to.equal(101);
    await withoutServices(() => Promise.reject(new Error('no')), file).catch(() => undefined);
    expect(await access(file).catch((error) => error.code)).to.equal('ENOENT');
  });

  it("puts the machine's own policy back", async () => {
    await writeFile(file, '#!/bin/sh\nexit 42\n', { mode: 0o755 });
    expect(await withoutServices(() => exitCode(file), file)).to.equal(101);
    expect(await readFile(file, 'utf8')).to.equal('#!/bin/sh\nexit 42\n');
    expect(await exitCode(file)).to.equal(42);
  });

  it('leaves a policy that gives way when the process was killed', async () => {
    await writeFile(file, '#!/bin/sh\nexit 42\n', { mode: 0o755 });
    let left = '';
    await withoutServices(async () => {
      left = await readFile(file, 'utf8');
    }, file);
    const { stdout: gone } = await runCommand('sh', ['-c', 'echo $$']);
    const stale = left.replace(`kill -0 ${process.pid} `, `kill -0 ${gone.trim()} `);
    expect(stale).not.to.equal(left);

    await writeFile(file, stale, { mode: 0o755 });
    expect(await exitCode(file)).to.equal(0);
    await writeFile(`${file}.netproof-kept`, '#!/bin/sh\nexit 42\n', { mode: 0o755 });
    expect(await exitCode(file)).to.equal(42);
    expect(await withoutServices(() => exitCode(file), file)).to.equal(101);
    expect(await readFile(file, 'utf8')).to.equal('#!/bin/sh\nexit 42\n');
  });
});

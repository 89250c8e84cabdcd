import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startPrivateEngine } from '../../../../src/adapters/container-engine/start-private-engine.ts';
import { stateFolder } from '../../../../src/adapters/state-folder.ts';
import { failure } from '../../../support/failure.ts';
import { recordedProgress } from '../../../support/recorded-progress.ts';

describe('startPrivateEngine', () => {
  let home: string;
  before(async function () {
    if (await access('/proc/sys/kernel/random/boot_id').catch(() => true)) this.skip();
  });
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'netproof-engine-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  const context = (root = home) => ({
    state: stateFolder({ NETPROOF_HOME: root }),
    progress: recordedProgress(),
    signal: new AbortController().signal,
  });

  it("fails with the last lines of this start's log when the daemon ends at once", async () => {
    const dockerd = join(home, 'dockerd');
    await writeFile(dockerd, '#!/bin/sh\necho "no space left"; echo "config: $2"; exit 1\n', { mode: 0o755 });
    const work = context();
    await failure(startPrivateEngine(dockerd, work));
    const error = await failure(startPrivateEngine(dockerd, work));
    expect(error.code).to.equal('engine-not-started');
    expect(error.message).to.contain('exit code 1');
    expect(error.outputTail).to.equal(`no space left\nconfig: ${work.state.engine}/daemon.json`);
    expect(error.command).to.equal(`${dockerd} --config-file ${work.state.engine}/daemon.json`);
    expect(await readFile(error.logFile ?? '', 'utf8')).to.contain('no space left\n');
  });

  it('refuses a state folder in which its socket could not have a name', async () => {
    const error = await failure(startPrivateEngine('/bin/false', context(join(home, 'x'.repeat(100)))));
    expect(error.code).to.equal('state-path-too-long');
    expect(error.hint).to.contain('NETPROOF_HOME');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  daemonConfig,
  type EnginePaths,
  enginePaths,
} from '../../../../src/adapters/container-engine/daemon-config.ts';
import { clearLeftovers, runningDaemon } from '../../../../src/adapters/container-engine/daemon-process.ts';
import { stopPrivateEngine } from '../../../../src/adapters/container-engine/stop-private-engine.ts';
import { type StateFolder, stateFolder } from '../../../../src/adapters/state-folder.ts';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe('the private engine', () => {
  let home: string;
  let state: StateFolder;
  let paths: EnginePaths;

  before(async function () {
    if (!(await exists('/proc/self/cmdline'))) this.skip();
  });
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'netproof-engine-'));
    state = stateFolder({ NETPROOF_HOME: home });
    paths = enginePaths(state);
    await mkdir(join(paths.execRoot, 'containerd'), { recursive: true });
  });
  afterEach(() => rm(home, { recursive: true }));

  /** A process that looks like our daemon from outside: its command line names our config file. */
  const startLookalike = async (argument = paths.config) => {
    const child = spawn('sh', ['-c', 'echo up; read line', argument], { stdio: ['pipe', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    await writeFile(paths.pidFile, `${child.pid}\n`);
    return child;
  };

  it('runs when its pid file names a process started with its config file', async () => {
    expect(await runningDaemon(paths)).to.equal(undefined);
    const child = await startLookalike();
    expect(await runningDaemon(paths)).to.equal(child.pid);
    child.kill();
    await once(child, 'exit');
    expect(await runningDaemon(paths)).to.equal(undefined);
  });

  it('does not run when the number in its pid file belongs to another program by now', async () => {
    for (const stale of [`${process.pid}`, '1', '0', '-1', 'x', '']) {
      await writeFile(paths.pidFile, stale);
      expect(await runningDaemon(paths), stale).to.equal(undefined);
    }
  });

  it('is stopped by its own pid, and another program with that number is left alone', async () => {
    const own = await startLookalike();
    const [stopped] = await Promise.all([stopPrivateEngine(state), once(own, 'exit')]);
    expect(stopped).to.equal(true);
    const other = await startLookalike('/somebody/elses.json');
    expect(await stopPrivateEngine(state)).to.equal(false);
    expect(other.exitCode).to.equal(null);
    other.kill();
    await once(other, 'exit');
  });

  it('clears pid files and socket of a killed daemon, and keeps what tells of running containers', async () => {
    const containerdPid = join(paths.execRoot, 'containerd/containerd.pid');
    for (const file of [paths.pidFile, containerdPid]) await writeFile(file, `${process.pid}`);
    await writeFile(paths.socket, '');
    await writeFile(paths.bootId, 'this boot');
    await clearLeftovers(paths, 'this boot');
    for (const file of [paths.pidFile, paths.socket, containerdPid]) expect(await exists(file), file).to.equal(false);
    expect(await exists(paths.execRoot)).to.equal(true);
  });

  it('forgets the run-time folder of an earlier boot', async () => {
    await writeFile(paths.bootId, 'an earlier boot');
    await clearLeftovers(paths, 'this boot');
    expect(await exists(paths.execRoot)).to.equal(false);
  });

  it('has everything below the state folder, and the wrapper only where it is needed', () => {
    const plain = daemonConfig(paths, false);
    expect(plain).not.to.have.any.keys('runtimes', 'default-runtime');
    const wrapped = daemonConfig(paths, true);
    const name = String(wrapped['default-runtime']);
    expect(wrapped.runtimes).to.deep.equal({ [name]: { path: paths.runtime } });
    for (const path of Object.values(paths)) expect(path.startsWith(`${home}/`), path).to.equal(true);
    expect(plain.hosts).to.deep.equal([`unix://${paths.socket}`]);
  });
});

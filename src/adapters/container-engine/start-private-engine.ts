import { access, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { WorkContext } from '../debian/install-packages.ts';
import { findExecutable } from '../process/find-executable.ts';
import { putAsideLarge } from '../process/log-size.ts';
import { shellQuote } from '../process/shell-quote.ts';
import { startDetached } from '../process/start-detached.ts';
import { missingCapabilities } from './capabilities.ts';
import type { ContainerEngine } from './container-engine.ts';
import { daemonConfig, type EnginePaths, engineEnv, enginePaths } from './daemon-config.ts';
import { clearLeftovers, runningDaemon } from './daemon-process.ts';
import { probeEngine } from './probe-engine.ts';
import { runtimeWrapper } from './runtime-wrapper.ts';

const startLimitMs = 120_000;
/** Longest path of a unix socket on Linux, without the final zero byte (unix(7)). */
const longestSocketPath = 107;

/** Folders where Debian keeps dockerd, runc and iptables; not every root shell has them in its PATH. */
export const systemPath = (): string => `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`;

/**
 * Environments for the private engine, each with its client, in order: the first that works is used. The newest
 * clients refuse old engines; then the one that Debian ships with the engine fits, and programs that call "docker"
 * (kind) must find that one first.
 */
const clients = async (paths: EnginePaths) => {
  const env = engineEnv(paths);
  const inPath = await findExecutable('docker');
  const shipped = { docker: '/usr/bin/docker', env: { ...env, PATH: `/usr/bin:${process.env.PATH ?? ''}` } };
  return inPath === undefined ? [shipped] : [{ docker: inPath, env }, shipped];
};

/** The private engine when it runs and answers, else what its clients said. Starts nothing. */
export const privateEngine = async (paths: EnginePaths): Promise<ContainerEngine | string> => {
  const reasons: string[] = [];
  for (const { docker, env } of await clients(paths)) {
    const answer = await probeEngine(docker, env, 'private');
    if (answer.answers) return answer.engine;
    reasons.push(answer.reason);
  }
  return reasons.join('; ');
};

const logTail = async (paths: EnginePaths, from: number): Promise<string> =>
  (await readFile(paths.log).catch(() => Buffer.alloc(0)))
    .subarray(from)
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .slice(-20)
    .join('\n');

const logSize = async (paths: EnginePaths): Promise<number> => {
  const file = await open(paths.log, 'r').catch(() => undefined);
  if (file === undefined) return 0;
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
};

const writeConfig = async (paths: EnginePaths): Promise<void> => {
  const missing = missingCapabilities(
    await readFile('/proc/self/status', 'utf8'),
    await readFile('/proc/sys/kernel/cap_last_cap', 'utf8'),
  );
  if (missing.length > 0) {
    const runc = (await findExecutable('runc', systemPath())) ?? 'runc';
    await writeFile(paths.runtime, runtimeWrapper(missing, runc), { mode: 0o755 });
  }
  await writeFile(paths.config, `${JSON.stringify(daemonConfig(paths, missing.length > 0), null, 2)}\n`);
};

/**
 * Starts the private engine, or waits for it where it is starting already, until it answers. Needs root and an
 * installed dockerd. Rejects with `ClusterError` `engine-not-started` holding the last lines of its log.
 */
export const startPrivateEngine = async (dockerd: string, context: WorkContext): Promise<ContainerEngine> => {
  const paths = enginePaths(context.state);
  if (paths.socket.length > longestSocketPath) {
    throw new ClusterError({
      code: 'state-path-too-long',
      message: `the engine's socket path is longer than ${longestSocketPath} bytes: ${paths.socket}`,
      hint: 'Set NETPROOF_HOME to a folder with a shorter path.',
    });
  }
  await mkdir(context.state.engine, { recursive: true });
  const args = ['--config-file', paths.config];
  putAsideLarge(paths.log);
  const logStart = await logSize(paths);
  let ended: string | undefined;
  if ((await runningDaemon(paths)) === undefined) {
    const bootId = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    await clearLeftovers(paths, bootId);
    await writeConfig(paths);
    await writeFile(paths.bootId, bootId);
    const daemon = startDetached(dockerd, args, { logFile: paths.log, env: { PATH: systemPath() } });
    daemon.ended.then((text) => {
      ended = text;
    });
  }
  let reason = '';
  const limit = performance.now() + startLimitMs;
  while (performance.now() < limit) {
    if (
      await access(paths.socket).then(
        () => true,
        () => false,
      )
    ) {
      const answer = await privateEngine(paths);
      if (typeof answer !== 'string') return answer;
      reason = answer;
    }
    if (ended !== undefined) break;
    context.progress.detail((await logTail(paths, logStart)).split('\n').at(-1) ?? '');
    await sleep(300, undefined, { signal: context.signal }).catch(() => context.signal.throwIfAborted());
  }
  throw new ClusterError({
    code: 'engine-not-started',
    message: `the private container engine did not start: ${ended ?? `no answer in ${startLimitMs / 1000} s: ${reason}`}`,
    command: shellQuote([dockerd, ...args]),
    outputTail: await logTail(paths, logStart),
    logFile: paths.log,
    hint: `Run the command in a terminal and look at its last lines; "rm -rf ${context.state.engine}" starts afresh.`,
  });
};

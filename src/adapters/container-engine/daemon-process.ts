import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTree } from '../process/remove-tree.ts';
import type { EnginePaths } from './daemon-config.ts';

const commandLine = (pid: number): Promise<readonly string[]> =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (text) => text.split('\0'),
    () => [],
  );

const pidIn = async (file: string): Promise<number | undefined> => {
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).trim());
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
};

/** Process id of the private daemon when it runs. A pid file whose process is gone, or is another program, does not count. */
export const runningDaemon = async (paths: EnginePaths): Promise<number | undefined> => {
  const pid = await pidIn(paths.pidFile);
  return pid !== undefined && (await commandLine(pid)).includes(paths.config) ? pid : undefined;
};

/**
 * Removes what a killed daemon left and what would keep a new one from starting: pid files of processes that are gone
 * (their numbers may belong to others by now), the socket, and after a reboot all of the run-time folder. In the same
 * boot that folder stays: containers may still run, and the new daemon finds them through it.
 * To be called only while the daemon does not run.
 */
export const clearLeftovers = async (paths: EnginePaths, bootId: string): Promise<void> => {
  await rm(paths.pidFile, { force: true });
  await rm(paths.socket, { force: true });
  const lastBoot = await readFile(paths.bootId, 'utf8').catch(() => undefined);
  if (lastBoot !== bootId) {
    await removeTree(paths.execRoot);
    return;
  }
  const containerdPid = join(paths.execRoot, 'containerd', 'containerd.pid');
  const pid = await pidIn(containerdPid);
  const isContainerd = pid !== undefined && (await commandLine(pid)).some((word) => word.startsWith(paths.execRoot));
  if (!isContainerd) await rm(containerdPid, { force: true });
};

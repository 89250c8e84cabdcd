import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Clock } from '../../../ports/clock.ts';
import type { ProviderCall } from '../../../ports/cluster-provider.ts';
import { processIdentity } from '../../process/process-identity.ts';

const pollMs = 500;

/**
 * Runs `work` while no other process works under the same lock file, waiting for one that does. The lock of a process
 * that was killed does not count.
 */
export async function withLock<T>(
  file: string,
  { clock, progress, signal }: ProviderCall & { readonly clock: Clock },
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const own = processIdentity(process.pid);
  const mine = `${file}.${process.pid}`;
  await writeFile(mine, own);
  try {
    let told = false;
    while (!(await take(file, mine))) {
      const holder = await readFile(file, 'utf8').catch(() => '');
      const pid = Number(holder.split(' ')[0]);
      if (!(pid > 0) || processIdentity(pid) !== holder) {
        await rm(file, { force: true });
        continue;
      }
      if (!told) progress.note(`another netproof (process ${pid}) is at work on this cluster: waiting for it`);
      told = true;
      await clock.sleep(pollMs, signal);
    }
  } finally {
    await rm(mine, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Linking is atomic, and the file has its content from the start. */
async function take(file: string, mine: string): Promise<boolean> {
  try {
    await link(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

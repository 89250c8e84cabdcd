import { readFile, rm } from 'node:fs/promises';
import { sep } from 'node:path';
import { runCommand } from './run-command.ts';

/** Mount points below a folder, deepest first, from the text of /proc/self/mounts (spaces are written `\040`). */
export const mountsBelow = (folder: string, mounts: string): readonly string[] =>
  mounts
    .split('\n')
    .map((line) => (line.split(' ')[1] ?? '').replaceAll('\\040', ' '))
    .filter((path) => path.startsWith(`${folder}${sep}`))
    .sort((a, b) => b.length - a.length);

/**
 * Removes a folder and all in it. Mounts that a killed program left in it (debootstrap: /proc and /sys) are
 * unmounted first, never entered.
 */
export const removeTree = async (folder: string): Promise<void> => {
  const mounts = await readFile('/proc/self/mounts', 'utf8').catch(() => '');
  for (const path of mountsBelow(folder, mounts)) await runCommand('umount', ['--lazy', path]);
  await rm(folder, { recursive: true, force: true });
};

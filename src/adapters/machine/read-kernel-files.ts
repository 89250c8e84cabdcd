import { readFile } from 'node:fs/promises';
import { release } from 'node:os';
import type { KernelFiles } from './kernel-checks.ts';

/** Reads what the kernel tells about itself. */
export async function readKernelFiles(): Promise<KernelFiles> {
  const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
  const modules = `/lib/modules/${release()}`;
  const [mounts, status, lastCapability, protocols, dep, builtin, inotifyInstances] = await Promise.all([
    read('/proc/self/mounts'),
    read('/proc/self/status'),
    read('/proc/sys/kernel/cap_last_cap'),
    read('/proc/net/protocols'),
    read(`${modules}/modules.dep`),
    read(`${modules}/modules.builtin`),
    read('/proc/sys/fs/inotify/max_user_instances'),
  ]);
  return { mounts, status, lastCapability, protocols, modules: `${dep}\n${builtin}`, inotifyInstances };
}

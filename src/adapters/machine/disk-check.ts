import { access, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gibibytes } from '../cluster/kind/require-memory.ts';
import type { Check } from './check.ts';

const gib = 1024 ** 3;
/** Pulled images and a cluster. */
const least = 5 * gib;
/** Everything built from source: Go's caches, the build's results, the engine's data. */
const good = 20 * gib;

/** Judges the bytes that are free where netproof keeps its state. */
export function diskCheck(free: number, folder: string): Check {
  const found = `${gibibytes(free)} free at ${folder}`;
  if (free >= good) return { name: 'disk', level: 'ok', found };
  const level = free < least ? 'lack' : 'warn';
  return {
    name: 'disk',
    level,
    found,
    remedy: 'docker system prune, or set NETPROOF_HOME to a folder on a larger disk',
  };
}

/** Bytes free on the disk of a folder that may not exist yet. */
export async function freeBytes(folder: string): Promise<number> {
  const exists = await access(folder).then(
    () => true,
    () => false,
  );
  if (!exists && dirname(folder) !== folder) return freeBytes(dirname(folder));
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTree } from '../../../process/remove-tree.ts';
import { type BuildContext, type BuildStep, runDocker } from './build-step.ts';

/** How many results of one name stay, the newest: enough for a matrix of versions, not for every commit of a checkout. */
const kept = 10;

const keysOf = (steps: readonly BuildStep[], keys = new Set<string>()): ReadonlySet<string> => {
  for (const step of steps) {
    if (keys.has(step.key)) continue;
    keys.add(step.key);
    keysOf(step.needs, keys);
  }
  return keys;
};

/** Of results named by key, newest first, those that may go: beyond the newest of their name and not needed. */
export const superfluous = <T extends { readonly name: string; readonly key: string }>(
  results: readonly T[],
  needed: ReadonlySet<string>,
): readonly T[] => {
  const seen = new Map<string, number>();
  return results.filter(({ name, key }) => {
    const newer = seen.get(name) ?? 0;
    seen.set(name, newer + 1);
    return newer >= kept && !needed.has(key);
  });
};

const folders = async (parent: string) => {
  const found = [];
  for (const entry of await readdir(parent)) {
    const [, name, key] = /^([^.].*)-([0-9a-f]{16})$/.exec(entry) ?? [];
    if (name === undefined || key === undefined) continue;
    const path = join(parent, entry);
    found.push({ name, key, path, at: (await stat(path)).mtimeMs });
  }
  return found.sort((a, b) => b.at - a.at);
};

const images = async (context: BuildContext) => {
  const format = '{{.Repository}}:{{.Tag}}';
  const { stdout } = await runDocker(context, 'prune', [
    'images',
    '--filter',
    'reference=netproof/*',
    '--format',
    format,
  ]);
  return stdout.split('\n').flatMap((image) => {
    const [, name, key] = /^(.+):([0-9a-f]{16})$/.exec(image) ?? [];
    return name === undefined || key === undefined ? [] : [{ name, key, image }];
  });
};

/** Removes old results that the targets do not need. An image that a container still uses stays. */
export const prune = async (context: BuildContext, targets: readonly BuildStep[]): Promise<void> => {
  const needed = keysOf(targets);
  for (const { path } of superfluous(await folders(context.state.build), needed)) await removeTree(path);
  for (const { image } of superfluous(await images(context), needed)) {
    await runDocker(context, 'prune', ['rmi', image]).catch(() => context.signal.throwIfAborted());
  }
};

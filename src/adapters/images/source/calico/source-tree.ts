import type { Hash } from 'node:crypto';
import { lstat, readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type GitCheckout, gitCheckout } from './git-checkout.ts';

/** What Go compiles, also from a folder that a link leads to. */
const isCompiled = (name: string): boolean => /\.(go|s|h)$/.test(name);

/** A file or link by its path below the folder, and where it is. */
interface Entry {
  readonly path: string;
  readonly at: string;
}

const ifThere = async <T>(found: Promise<T>): Promise<T | undefined> =>
  found.catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return undefined;
    throw error;
  });

/** All files and links of a folder but git's own, which tell commits from each other and not contents. */
const walk = async (at: string, path: string): Promise<readonly Entry[]> => {
  const found: Entry[] = [];
  for (const entry of await readdir(at, { withFileTypes: true })) {
    const inner = { path: join(path, entry.name), at: join(at, entry.name) };
    if (entry.name === '.git') continue;
    if (entry.isDirectory()) found.push(...(await walk(inner.at, inner.path)));
    else found.push(inner);
  }
  return found;
};

/** What git lists may be a folder: a submodule, or a repository of its own. */
const listed = async (folder: string, git: GitCheckout): Promise<readonly Entry[]> => {
  const found: Entry[] = [];
  for (const path of await git.files()) {
    const entry = { path, at: join(folder, path) };
    if ((await ifThere(lstat(entry.at)))?.isDirectory()) found.push(...(await walk(entry.at, path)));
    else found.push(entry);
  }
  return found;
};

const addLinked = async (hash: Hash, root: string, { path, at }: Entry, seen: Set<string>): Promise<void> => {
  const target = await ifThere(realpath(at));
  const found = target === undefined ? undefined : await ifThere(stat(target));
  if (target === undefined || found === undefined) return;
  if (found.isFile()) hash.update(await readFile(target));
  if (!found.isDirectory() || `${target}${sep}`.startsWith(`${root}${sep}`) || seen.has(target)) return;
  seen.add(target);
  const sources = (await walk(target, path)).filter((entry) => isCompiled(entry.path));
  await addEntries(hash, root, sources, seen);
};

/** Reads many at a time: thousands of small files wait for each other otherwise. */
const batch = 64;

/** An entry with its content, where it is a file. */
const read = async (entry: Entry) => {
  const found = await ifThere(lstat(entry.at));
  const content = found?.isFile() === true ? await ifThere(readFile(entry.at)) : undefined;
  return { entry, content, isLink: found?.isSymbolicLink() ?? false };
};

/** Contents come with their length, so that no two lists of files make the same text. */
const addEntries = async (hash: Hash, root: string, entries: readonly Entry[], seen: Set<string>): Promise<void> => {
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
  for (let start = 0; start < sorted.length; start += batch) {
    const all = await Promise.all(sorted.slice(start, start + batch).map(read));
    for (const { entry, content, isLink } of all) {
      if (content !== undefined) hash.update(`\0file ${content.length} ${entry.path}\0`).update(content);
      if (!isLink) continue;
      hash.update(`\0link ${await readlink(entry.at)}\0${entry.path}\0`);
      await addLinked(hash, root, entry, seen);
    }
  }
};

/**
 * Adds to a hash what a folder of sources holds now: names and contents, whatever their modes and times. Of a git
 * checkout that is what git tracks, what it does not know yet, and ignored files that a build reads; of any other
 * folder, everything. A link counts with what it leads to; of a folder outside, with the sources there.
 */
export const addSourceTree = async (hash: Hash, folder: string): Promise<void> => {
  const root = await realpath(folder);
  const git = await gitCheckout(root);
  const entries = git === undefined ? await walk(root, '') : await listed(root, git);
  await addEntries(hash, root, entries, new Set());
};

import { globSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type InputFile, inputFilesAmong, inputFilesAt, inputFilesBelow, isOutside } from './input-files.ts';

/** The folder of scenarios that comes with netproof. */
export const SCENARIO_FOLDER = resolve(import.meta.dirname, '../../../scenarios');

/**
 * The files that `name` stands for: a file, all below a folder, what a glob matches, or the same below `root`,
 * where the ending may be left out (`article/banning-all-traffic`); else the scenarios below `root` whose id ends with
 * it (`banning-all-traffic`). Empty where it stands for none. Ordered by path.
 */
export function findFiles(name: string, root: string): readonly InputFile[] {
  for (const path of [name, join(root, name), `${join(root, name)}.yaml`, `${join(root, name)}.yml`]) {
    const files = inputFilesAt(path);
    if (files !== undefined) return files;
  }
  if (!/[*?[{]/.test(name))
    return scenariosBelow(root).filter(({ path }) => scenarioId(path, root).endsWith(`/${name}`));
  const matches = [...globSync(name), ...globSync(name, { cwd: root }).map((path) => join(root, path))];
  return inputFilesAmong([...new Set(matches.map((path) => resolve(path)))].sort());
}

/** All scenarios below a folder, ordered by path. */
export function scenariosBelow(folder: string): readonly InputFile[] {
  return inputFilesBelow(folder).filter(({ kind }) => kind === 'scenario');
}

/** The text of a file, or undefined where there is none that can be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** A scenario's id: its path below the scenario folder, or below the working folder, without its ending. */
export function scenarioId(path: string, root: string): string {
  const below = [root, '.'].map((folder) => relative(folder, resolve(path))).find((each) => !isOutside(each));
  return (below ?? path).replace(/\.ya?ml$/, '').replaceAll('\\', '/');
}

import { globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { isManifestText } from '../../formats/document-kind.ts';

/** The folder of scenarios that comes with netproof. */
export const SCENARIO_FOLDER = resolve(import.meta.dirname, '../../../scenarios');

/** A YAML file that was found or named. */
export interface YamlFile {
  /** As messages show it: relative to the working folder where it lies in it. */
  readonly path: string;
  readonly text: string;
  /** Its text is Kubernetes manifests, not a scenario. */
  readonly isManifest: boolean;
  /** The user named this very file; others were found in a folder or by a pattern. */
  readonly named: boolean;
}

/**
 * The YAML files that `name` stands for: a file, all below a folder, what a glob matches, or the same below `root`,
 * where the ending may be left out (`article/banning-all-traffic`); else the scenarios below `root` whose id ends with
 * it (`banning-all-traffic`). Empty where it stands for none. Ordered by path.
 */
export function findYamlFiles(name: string, root: string): readonly YamlFile[] {
  for (const path of [name, join(root, name), `${join(root, name)}.yaml`, `${join(root, name)}.yml`]) {
    const kind = statSync(path, { throwIfNoEntry: false });
    if (kind?.isFile()) return [readYamlFile(path, true)];
    if (kind?.isDirectory()) return yamlFilesBelow(path);
  }
  if (!/[*?[{]/.test(name))
    return scenariosBelow(root).filter(({ path }) => scenarioId(path, root).endsWith(`/${name}`));
  const matches = [...globSync(name), ...globSync(name, { cwd: root }).map((path) => join(root, path))];
  return [...new Set(matches.filter(isYaml).map((path) => resolve(path)))]
    .sort()
    .map((path) => readYamlFile(path, false));
}

/** All scenarios below a folder, ordered by path. */
export function scenariosBelow(folder: string): readonly YamlFile[] {
  return yamlFilesBelow(folder).filter(({ isManifest }) => !isManifest);
}

/** All YAML files below a folder, ordered by path. */
export function yamlFilesBelow(folder: string): readonly YamlFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isYaml)
    .sort()
    .map((path) => readYamlFile(join(folder, path), false));
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

function readYamlFile(path: string, named: boolean): YamlFile {
  const text = readFileSync(path, 'utf8');
  const below = relative('.', resolve(path));
  return { path: isOutside(below) ? resolve(path) : below, text, isManifest: isManifestText(text), named };
}

/** YAML, but for the files that hold namespaces of scenarios, and for the one of known findings. */
function isYaml(path: string): boolean {
  return /(?<!\.pods)\.ya?ml$/.test(path) && !/(?:^|\/)known\.yaml$/.test(path);
}

function isOutside(path: string): boolean {
  return path.startsWith('..') || isAbsolute(path);
}

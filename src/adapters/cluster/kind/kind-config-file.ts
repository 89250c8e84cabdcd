import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { changeKindConfig, type KindConfigChanges, kindConfigFacts, kindConfigFile } from './kind-config.ts';
import type { KindPaths } from './kind-paths.ts';

/** The configuration that kind is to read, and what it makes of it. */
export interface ConfigFile extends Required<KindConfigChanges> {
  readonly file: string;
}

/** The package's own kind-config.yaml, or where options change it a copy of it in the cluster's folder. */
export async function configFile(changes: KindConfigChanges, paths: KindPaths): Promise<ConfigFile> {
  const text = changeKindConfig(await readFile(kindConfigFile, 'utf8'), changes);
  const facts = kindConfigFacts(text);
  if (changes.nodes === undefined && changes.ipFamily === undefined) return { file: kindConfigFile, ...facts };
  await mkdir(paths.folder, { recursive: true });
  await writeFile(paths.config, text);
  return { file: paths.config, ...facts };
}

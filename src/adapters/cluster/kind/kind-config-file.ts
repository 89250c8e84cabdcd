import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { CniChoice } from '../../cni/cni-choice.ts';
import {
  changeKindConfig,
  type KindConfigChanges,
  type KindConfigFacts,
  kindConfigFacts,
  kindConfigFile,
} from './kind-config.ts';
import type { KindPaths } from './kind-paths.ts';
import type { KindRequest } from './kind-request.ts';

/** The configuration that kind is to read, and what it makes of it. */
export interface ConfigFile extends KindConfigFacts {
  readonly file: string;
}

/** The package's own kind-config.yaml, or where options or the plugin change it a copy of it in the cluster's folder. */
export async function configFile(request: KindRequest, paths: KindPaths): Promise<ConfigFile> {
  const changes = configChanges(request);
  const text = changeKindConfig(await readFile(kindConfigFile, 'utf8'), changes);
  const facts = kindConfigFacts(text);
  if (Object.keys(changes).length === 0) return { file: kindConfigFile, ...facts };
  await mkdir(paths.folder, { recursive: true });
  await writeFile(paths.config, text);
  return { file: paths.config, ...facts };
}

/** What a request changes in kind's configuration: its own options, and what the plugin needs. */
export function configChanges({ nodes, ipFamily, cni }: Omit<KindRequest, 'name' | 'images'>): KindConfigChanges {
  return { ...(nodes !== undefined && { nodes }), ...(ipFamily !== undefined && { ipFamily }), ...pluginNeeds(cni) };
}

function pluginNeeds(cni: CniChoice): KindConfigChanges {
  if (cni.from === 'none') return {};
  const { install, kind } = cni.plugin;
  return {
    ...(install.from === 'node-image' && { defaultCni: true }),
    ...(kind.kubeProxyMode !== undefined && { kubeProxyMode: kind.kubeProxyMode }),
  };
}

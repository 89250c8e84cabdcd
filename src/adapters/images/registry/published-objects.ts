import { join } from 'node:path';
import type { KubeObject } from '../../../ports/cluster.ts';
import type { ProviderCall } from '../../../ports/cluster-provider.ts';
import type { CniPlugin, CniTarget } from '../../cni/cni-plugin.ts';
import { manifestObjects } from '../../cni/manifest.ts';
import { taggedImages } from '../../cni/tagged-images.ts';
import type { StateFolder } from '../../state-folder.ts';
import { type FetchOptions, fetchPublished, type Published } from './fetch-published.ts';
import { ensureHelm, renderChart } from './render-chart.ts';

/** A version of a plugin, and the cluster that it is for: a chart's objects depend on it. */
export interface PublishedVersion {
  readonly plugin: CniPlugin;
  readonly version: string;
  readonly target: CniTarget;
}

/** Surroundings of getting published files. */
export interface PublishedContext extends ProviderCall, FetchOptions {
  readonly state: StateFolder;
}

/**
 * The objects of a plugin as its makers publish them; none of one that comes with the node image. Rejects with
 * `ClusterError` as `fetchPublished` does, also `manifest-invalid`, `helm-missing`.
 */
export async function publishedObjects(
  { plugin, version, target }: PublishedVersion,
  context: PublishedContext,
): Promise<readonly KubeObject[]> {
  const { install } = plugin;
  if (install.from === 'node-image') return [];
  const published = publishedFile(plugin, version, context.state);
  if (install.from === 'manifest') {
    const bytes = await fetchPublished(published, context, (text) => manifestObjects(text.toString(), published.url));
    return taggedImages(manifestObjects(bytes.toString(), published.file), install.untagged ?? [], version);
  }
  await fetchPublished(published, context);
  const chart = { file: published.file, namespace: install.namespace, values: install.values(target) };
  return manifestObjects(await renderChart(await ensureHelm(context.state, context), chart, context), published.url);
}

/** Fetches what a version is installed from, to see that it can be had. Rejects as `fetchPublished` does. */
export async function tryPublished(
  { plugin, version }: Pick<PublishedVersion, 'plugin' | 'version'>,
  { state, ...options }: FetchOptions & { readonly state: StateFolder },
): Promise<void> {
  if (plugin.install.from !== 'node-image') await fetchPublished(publishedFile(plugin, version, state), options);
}

function publishedFile({ name, install, versions }: CniPlugin, version: string, state: StateFolder): Published {
  const url = install.from === 'node-image' ? '' : install.url(version);
  const sha256 = versions.find((known) => known.version === version)?.sha256;
  const extension = install.from === 'chart' ? 'tgz' : 'yaml';
  const file = join(state.root, 'manifests', `${name}-${version}.${extension}`);
  return { url, file, ...(sha256 !== undefined && { sha256 }) };
}

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ClusterError } from '../../../core/diagnostics/errors.ts';
import type { KubeObject } from '../../../ports/cluster.ts';
import type { CniPlugin } from '../../cni/cni-plugin.ts';
import { manifestObjects } from '../../cni/manifest.ts';
import type { StateFolder } from '../../state-folder.ts';

/** How a manifest is fetched; tests give another `fetch`. */
export interface FetchManifestOptions {
  readonly state: StateFolder;
  readonly signal: AbortSignal;
  readonly limitMs: number;
  readonly fetch?: typeof globalThis.fetch;
}

/**
 * The objects of a plugin's published manifest. What a version once had it keeps, so a fetched text is kept too.
 * Rejects with `ClusterError`: `manifest-missing` (no such version), `manifest-unreachable`, `manifest-invalid`.
 */
export async function fetchManifest(
  plugin: CniPlugin,
  version: string,
  options: FetchManifestOptions,
): Promise<readonly KubeObject[]> {
  const url = plugin.manifestUrl(version);
  const file = join(options.state.root, 'manifests', `${plugin.name}-${version}.yaml`);
  const kept = await readFile(file, 'utf8').catch(() => undefined);
  if (kept !== undefined) return manifestObjects(kept, file);
  const text = await download(url, options);
  const objects = manifestObjects(text, url);
  await mkdir(join(options.state.root, 'manifests'), { recursive: true });
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
  return objects;
}

async function download(url: string, options: FetchManifestOptions): Promise<string> {
  const { signal, limitMs, fetch = globalThis.fetch } = options;
  const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]) }).catch(
    (cause: unknown) => {
      signal.throwIfAborted();
      throw new ClusterError({
        code: 'manifest-unreachable',
        message: `cannot fetch ${url}: ${cause instanceof Error ? cause.message : String(cause)}`,
        hint: 'Check the network (behind a proxy set NODE_USE_ENV_PROXY=1), or build here: --images source.',
        cause,
      });
    },
  );
  if (answer.ok) return await answer.text();
  throw new ClusterError({
    code: answer.status === 404 ? 'manifest-missing' : 'manifest-unreachable',
    message: `cannot fetch ${url}: HTTP status ${answer.status}`,
    hint: answer.status === 404 ? 'Does that version exist?' : 'Try again, or build here: --images source.',
  });
}

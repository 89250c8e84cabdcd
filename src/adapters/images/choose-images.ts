import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { ProviderCall } from '../../ports/cluster-provider.ts';
import type { CniChoice } from '../cni/cni-choice.ts';
import type { ContainerEngine } from '../container-engine/container-engine.ts';
import type { StateFolder } from '../state-folder.ts';
import type { ImageSet } from './image-set.ts';
import { fetchManifest } from './registry/fetch-manifest.ts';
import { registryAnswers } from './registry/registry-answers.ts';
import { registryImages } from './registry/registry-images.ts';
import { sourceImages } from './source-images.ts';
import { workloadImages } from './workload-images.ts';

/** Where images come from. `auto`: the registry when it answers within a few seconds, else built from source. */
export type ImageMode = 'auto' | 'registry' | 'source';

/** Which images a cluster is made of. */
export interface ImageRequest {
  readonly mode: ImageMode;
  readonly cni: CniChoice;
  /** e.g. `v1.36.3`; absent: the default of the source. */
  readonly kubernetes?: string;
}

/** Surroundings of getting images. */
export interface ImageContext extends ProviderCall {
  readonly engine: ContainerEngine;
  readonly state: StateFolder;
}

const tryMs = 6_000;

/** Gets the images as asked for. Rejects with `ClusterError`. */
export async function chooseImages(request: ImageRequest, context: ImageContext): Promise<ImageSet> {
  const { mode, cni } = request;
  if (cni.from === 'checkout') {
    if (mode !== 'registry') return await sourceImages(request, context);
    throw new ClusterError({
      code: 'images-contradict',
      message: `${cni.plugin.name} is to be built from ${cni.folder}, but --images registry asks for published images only`,
      hint: 'Use --images source.',
    });
  }
  if (mode === 'source') return await sourceImages(request, context);
  if (mode === 'auto') {
    const trouble = await registryTrouble(cni, context);
    if (trouble !== undefined) {
      context.progress.note(`image registry not usable: building the images from source (${trouble})`);
      return await sourceImages(request, context);
    }
  }
  return await registryImages({ ...request, cni }, context);
}

/** Why published images cannot be had, found out in a few seconds; `undefined` when they can. */
async function registryTrouble(
  cni: Exclude<CniChoice, { readonly from: 'checkout' }>,
  { engine, state, progress, signal }: ImageContext,
): Promise<string | undefined> {
  progress.detail(`trying the image registry for ${tryMs / 1000} s`);
  const limits = { signal, limitMs: tryMs };
  const [registry, manifest] = await Promise.all([
    registryAnswers(engine, workloadImages.alpine.registry, limits),
    cni.from === 'none'
      ? undefined
      : fetchManifest(cni.plugin, cni.version, { state, ...limits }).then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        ),
  ]);
  signal.throwIfAborted();
  return registry.answers ? manifest : registry.reason;
}

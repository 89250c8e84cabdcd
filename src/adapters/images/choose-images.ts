import type { ProviderCall } from '../../ports/cluster-provider.ts';
import type { CniChoice } from '../cni/cni-choice.ts';
import type { CniTarget } from '../cni/cni-plugin.ts';
import type { ContainerEngine } from '../container-engine/container-engine.ts';
import type { StateFolder } from '../state-folder.ts';
import { builtKey } from './built-key.ts';
import type { ImageSet } from './image-set.ts';
import { tryPublished } from './registry/published-objects.ts';
import { registryAnswers } from './registry/registry-answers.ts';
import { type PublishedCni, registryImages } from './registry/registry-images.ts';
import { checkoutImages, sourceImages } from './source-images.ts';
import { workloadImages } from './workload-images.ts';

/** Where images come from. `auto`: the registry when it answers within a few seconds, else built from source. */
export type ImageMode = 'auto' | 'registry' | 'source';

/** Which images a cluster is made of. */
export interface ImageRequest {
  readonly mode: ImageMode;
  readonly cni: CniChoice;
  /** The cluster that the plugin is installed on. */
  readonly target: CniTarget;
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
  const published: PublishedCni = cni.from === 'checkout' ? { from: 'none' } : cni;
  if (mode === 'source') return await sourceImages(request, context);
  if (mode === 'auto') {
    const trouble = await registryTrouble(published, context);
    if (trouble !== undefined) {
      context.progress.note(`image registry not usable: building the images from source (${trouble})`);
      return await sourceImages(request, context);
    }
  }
  const images = await registryImages({ ...request, cni: published }, context);
  if (cni.from !== 'checkout') return images;
  const plugin = await checkoutImages(cni, context);
  return {
    ...images,
    ...plugin,
    load: [...images.load, ...plugin.load],
    provenance: [...images.provenance, ...plugin.provenance],
  };
}

/**
 * Key of the images that are to be built for a request, given where the others come from. What is not built yet is built,
 * so that the key is that of a result.
 */
export async function wantedKey(
  { from, ...request }: ImageRequest & Pick<ImageSet, 'from'>,
  context: ImageContext,
): Promise<string> {
  const { cni } = request;
  if (from === 'source') return builtKey((await sourceImages(request, context)).provenance);
  return builtKey(cni.from === 'checkout' ? (await checkoutImages(cni, context)).provenance : []);
}

/** Why published images cannot be had, found out in a few seconds; `undefined` when they can. */
async function registryTrouble(
  cni: PublishedCni,
  { engine, state, progress, signal }: ImageContext,
): Promise<string | undefined> {
  progress.detail(`trying the image registry for ${tryMs / 1000} s`);
  const limits = { signal, limitMs: tryMs };
  const [registry, manifest] = await Promise.all([
    registryAnswers(engine, workloadImages.alpine.registry, limits),
    cni.from === 'none'
      ? undefined
      : tryPublished(cni, { state, ...limits }).then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.message : String(error)),
        ),
  ]);
  signal.throwIfAborted();
  return registry.answers ? manifest : registry.reason;
}

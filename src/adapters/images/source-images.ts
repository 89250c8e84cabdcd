import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { KubeObject } from '../../ports/cluster.ts';
import type { CniChoice } from '../cni/cni-choice.ts';
import { manifestObjects } from '../cni/manifest.ts';
import type { ImageContext, ImageRequest } from './choose-images.ts';
import { type ImageSet, type LoadableImage, qualifiedImage } from './image-set.ts';
import { buildCni, buildImages } from './source/build-images.ts';
import type { BuiltCni, CniOrigin } from './source/cni-builds.ts';

/** The part of an `ImageSet` that is the network plugin. */
export type CniImages = Pick<ImageSet, 'load' | 'cniObjects' | 'cniVersion' | 'provenance'>;

/**
 * Builds all images of a cluster from source; what is built already is looked at in a moment. Rejects with
 * `ClusterError`, also where source cannot give what is asked for.
 */
export async function sourceImages({ cni, kubernetes }: ImageRequest, context: ImageContext): Promise<ImageSet> {
  const { node, workloads, ...built } = await buildImages({
    ...context,
    ...(cni.from !== 'none' && { cni: origin(cni) }),
    ...(kubernetes !== undefined && { versions: { kubernetes } }),
  });
  const plugin = built.cni === undefined ? undefined : cniImages(built.cni);
  return {
    from: 'source',
    node: node.name,
    load: [...workloads.map(({ name }) => loadable(name)), ...(plugin?.load ?? [])],
    cniObjects: plugin?.cniObjects ?? [],
    cniVersion: plugin?.cniVersion ?? '',
    provenance: built.provenance,
  };
}

/** Builds the network plugin alone, from a checkout, for nodes and workloads that come from elsewhere. */
export async function checkoutImages(
  cni: Extract<CniChoice, { readonly from: 'checkout' }>,
  context: ImageContext,
): Promise<CniImages> {
  return cniImages(await buildCni({ ...context, cni: origin(cni) }));
}

function origin(cni: Exclude<CniChoice, { readonly from: 'none' }>): CniOrigin {
  if (cni.from === 'checkout') return { recipe: 'calico', dir: cni.folder };
  const { name, recipe } = cni.plugin;
  if (recipe !== undefined) return { recipe, version: cni.version };
  throw new ClusterError({
    code: 'cni-not-buildable',
    message: `${name} cannot be built from source here, and no published images are used`,
    hint: 'It needs an image registry (--images registry).',
  });
}

function cniImages({ images, manifest, version, provenance }: BuiltCni): CniImages {
  const cniObjects: readonly KubeObject[] = manifestObjects(manifest, 'the built manifest');
  return { load: images.map(loadable), cniObjects, cniVersion: version, provenance };
}

const loadable = (image: string): LoadableImage => ({ image, as: qualifiedImage(image) });

import type { KubeObject } from '../../ports/cluster.ts';
import { calico } from '../cni/calico.ts';
import type { CniChoice } from '../cni/cni-choice.ts';
import { manifestObjects } from '../cni/manifest.ts';
import type { ImageContext, ImageRequest } from './choose-images.ts';
import { type ImageSet, type LoadableImage, qualifiedImage } from './image-set.ts';
import { type BuiltCni, buildCalico, buildImages, type CalicoOrigin } from './source/build-images.ts';

/** The part of an `ImageSet` that is the network plugin. */
export type CniImages = Pick<ImageSet, 'load' | 'cniObjects' | 'cniVersion' | 'provenance'>;

/**
 * Builds all images of a cluster from source; what is built already is looked at in a moment. Rejects with
 * `ClusterError`, also where source cannot give what is asked for.
 */
export async function sourceImages({ cni, kubernetes }: ImageRequest, context: ImageContext): Promise<ImageSet> {
  const { node, workloads, ...built } = await buildImages({
    ...context,
    calico: origin(cni),
    ...(kubernetes !== undefined && { versions: { kubernetes } }),
  });
  const plugin = cni.from === 'none' ? undefined : cniImages(built.cni);
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
  return cniImages(await buildCalico({ ...context, calico: origin(cni) }));
}

function origin(cni: CniChoice): CalicoOrigin {
  if (cni.from === 'checkout') return { kind: 'checkout', dir: cni.folder };
  return { kind: 'module', version: cni.from === 'version' ? cni.version : calico.defaultVersion };
}

function cniImages({ images, manifest, version, provenance }: BuiltCni): CniImages {
  const cniObjects: readonly KubeObject[] = manifestObjects(manifest, 'the built manifest');
  return { load: images.map(loadable), cniObjects, cniVersion: version, provenance };
}

const loadable = (image: string): LoadableImage => ({ image, as: qualifiedImage(image) });

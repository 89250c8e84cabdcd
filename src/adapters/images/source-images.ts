import { createHash } from 'node:crypto';
import { calico } from '../cni/calico.ts';
import { manifestObjects } from '../cni/manifest.ts';
import type { ImageContext, ImageRequest } from './choose-images.ts';
import { type ImageSet, qualifiedImage } from './image-set.ts';
import { buildImages } from './source/build-images.ts';

/**
 * Builds the images of a cluster from source; what is built already is looked at in a moment. Rejects with
 * `ClusterError`, also where source cannot give what is asked for.
 */
export async function sourceImages(request: ImageRequest, context: ImageContext): Promise<ImageSet> {
  const { cni, kubernetes } = request;
  const built = await buildImages({
    ...context,
    calico: { kind: 'module', version: cni.from === 'version' ? cni.version : calico.defaultVersion },
    ...(kubernetes !== undefined && { versions: { kubernetes } }),
  });
  const names = [...built.workloads.map(({ name }) => name), ...built.cni.images];
  return {
    from: 'source',
    key: createHash('sha256').update(JSON.stringify(built.provenance)).digest('hex').slice(0, 16),
    node: built.node.name,
    load: names.map((image) => ({ image, as: qualifiedImage(image) })),
    cniObjects: cni.from === 'none' ? [] : manifestObjects(built.cni.manifest, 'the built manifest'),
    cniVersion: cni.from === 'none' ? '' : built.cni.version,
    provenance: built.provenance,
  };
}

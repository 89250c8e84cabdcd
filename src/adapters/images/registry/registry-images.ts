import pMap from 'p-map';
import type { CniChoice } from '../../cni/cni-choice.ts';
import type { CniTarget } from '../../cni/cni-plugin.ts';
import { manifestImages } from '../../cni/manifest.ts';
import { type ImageSet, qualifiedImage } from '../image-set.ts';
import { workloadImages } from '../workload-images.ts';
import { nodeImage } from './node-image.ts';
import { publishedObjects } from './published-objects.ts';
import { imageDigest, type PullContext, pullImage } from './pull-image.ts';

const manifestLimitMs = 30_000;
const pullsAtOnce = 3;

/** A plugin that is published, or none. */
export type PublishedCni = Exclude<CniChoice, { readonly from: 'checkout' }>;

/** Which published images. */
export interface RegistryRequest {
  readonly cni: PublishedCni;
  readonly target: CniTarget;
  /** e.g. `v1.36.3`; absent: the default of kind. */
  readonly kubernetes?: string;
}

/** Pulls the published images of a cluster: node, workloads, and those that the plugin's published manifest names. */
export async function registryImages(
  { cni, target, kubernetes }: RegistryRequest,
  context: PullContext,
): Promise<ImageSet> {
  const node = nodeImage(kubernetes);
  const cniObjects =
    cni.from === 'none' ? [] : await publishedObjects({ ...cni, target }, { ...context, limitMs: manifestLimitMs });
  const load = [...Object.values(workloadImages).map(({ registry }) => registry), ...manifestImages(cniObjects)];
  const provenance = await pMap(
    [node, ...load],
    async (image) => ({ name: image, provenance: `registry ${await pulled(image, context)}` }),
    { concurrency: pullsAtOnce, signal: context.signal },
  );
  return {
    from: 'registry',
    node,
    load: load.map((image) => ({ image, as: qualifiedImage(image) })),
    cniObjects,
    cniVersion: cni.from === 'none' ? '' : cni.version,
    provenance,
  };
}

/** An image named by digest that is there already is not asked for again. */
async function pulled(image: string, context: PullContext): Promise<string> {
  const present = image.includes('@sha256:') ? await imageDigest(image, context) : undefined;
  return present ?? (await pullImage(image, context));
}

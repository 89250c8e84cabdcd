import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageProvenance } from '../../../core/result/result.ts';
import { calicoCheckout } from './calico/calico-checkout.ts';
import { calicoBuild } from './calico/calico-images.ts';
import { calicoModule } from './calico/calico-source.ts';
import { flannelBuild } from './flannel/flannel-images.ts';
import { flannelRepository } from './flannel/flannel-source.ts';
import { kubeRouterBuild, kubeRouterRepository } from './kube-router/kube-router-images.ts';
import { cniPlugins } from './kubernetes/node-base.ts';
import type { RootImages } from './root-images.ts';
import type { BuildContext, BuildStep } from './steps/build-step.ts';
import type { FolderStep } from './steps/folder-step.ts';
import type { ImageStep } from './steps/image-step.ts';
import type { SourceVersions } from './versions.ts';

/** A network plugin to build: from its published Go module, or Calico from a checkout of its repository. */
export type CniOrigin =
  | { readonly recipe: 'calico' | 'flannel' | 'kube-router'; readonly version: string }
  | { readonly recipe: 'calico'; readonly dir: string };

/** A network plugin, built: its images are in the engine. */
export interface BuiltCni {
  /** Of a checkout: what `git describe` says, or its release and content. */
  readonly version: string;
  /** To be loaded into the nodes. */
  readonly images: readonly string[];
  /** YAML text; names the images as a node knows them (`docker.io/netproof/…`), never pulled. */
  readonly manifest: string;
  readonly provenance: readonly ImageProvenance[];
}

/** What building a plugin takes. */
export interface CniPlan {
  readonly steps: readonly BuildStep[];
  /** Asked for once the steps are done. */
  readonly built: () => Promise<BuiltCni>;
}

interface Ground {
  readonly context: BuildContext;
  readonly versions: SourceVersions;
  readonly roots: RootImages;
}

/** Plans the build of a plugin. Rejects with `ClusterError` for a version without a recipe, `UsageError` for a bad checkout. */
export const planCni = async (ground: Ground, origin: CniOrigin): Promise<CniPlan> => {
  const { context, versions, roots } = ground;
  if (origin.recipe === 'flannel') {
    const { version } = origin;
    const build = flannelBuild(context, version, { smallRoot: roots.small });
    return planOf({ ...build, version, origin: `${flannelRepository} ${version}`, file: 'flannel.yaml' });
  }
  if (origin.recipe === 'kube-router') {
    const { version } = origin;
    const build = kubeRouterBuild(context, version, { smallRoot: roots.small });
    return planOf({ ...build, version, origin: `${kubeRouterRepository} ${version}`, file: 'kube-router.yaml' });
  }
  const source = 'dir' in origin ? await calicoCheckout(context, origin.dir) : calicoModule(context, origin.version);
  const plugins = cniPlugins(context, versions.cniPlugins);
  const build = calicoBuild(context, source, { smallRoot: roots.small, plugins });
  return planOf({ ...build, version: source.version, origin: source.provenance, file: 'calico.yaml' });
};

const planOf = (build: {
  readonly images: readonly ImageStep[];
  readonly manifest: FolderStep;
  readonly version: string;
  readonly origin: string;
  readonly file: string;
}): CniPlan => ({
  steps: [...build.images, build.manifest],
  built: async () => ({
    version: build.version,
    images: build.images.map((step) => step.image),
    manifest: await readFile(join(build.manifest.folder, build.file), 'utf8'),
    provenance: build.images.map(({ image, key }) => ({
      name: image,
      provenance: `source ${build.origin} recipe ${key}`,
    })),
  }),
});

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageProvenance } from '../../../core/result/result.ts';
import type { Progress } from '../../../ports/progress.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { debianHost } from '../../debian/debian-host.ts';
import { type StateFolder, stateFolder } from '../../state-folder.ts';
import { calicoCheckout } from './calico/calico-checkout.ts';
import { type CalicoBuild, calicoBuild } from './calico/calico-images.ts';
import { type CalicoSource, calicoModule } from './calico/calico-source.ts';
import { ensurePrerequisites } from './debian/prerequisites.ts';
import { kubernetesBinaries } from './kubernetes/kubernetes-binaries.ts';
import { kubernetesImages } from './kubernetes/kubernetes-images.ts';
import { cniPlugins, nodeBase } from './kubernetes/node-base.ts';
import { nodeImage } from './kubernetes/node-image.ts';
import { type RootImages, rootImages } from './root-images.ts';
import type { BuildContext, BuildStep } from './steps/build-step.ts';
import type { ImageStep } from './steps/image-step.ts';
import { prune } from './steps/prune.ts';
import { runSteps, type StepRun } from './steps/run-steps.ts';
import { sideLane } from './steps/side-lane.ts';
import { defaultVersions, type SourceVersions } from './versions.ts';
import { nameWorkload, presentWorkload } from './workloads/named-workload.ts';
import { type WorkloadBuild, workloadBuilds } from './workloads/workload-builds.ts';

/** Calico from its published Go module, or from a checkout of its repository. */
export type CalicoOrigin =
  | { readonly kind: 'module'; readonly version: string }
  | { readonly kind: 'checkout'; readonly dir: string };

/** What to build, and with what. */
export interface BuildImagesOptions {
  readonly engine: ContainerEngine;
  /** Missing fields are those of `defaultVersions`. */
  readonly versions?: Partial<SourceVersions>;
  readonly calico: CalicoOrigin;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly state?: StateFolder;
}

/** Calico, built: its images are in the engine. */
export interface BuiltCni {
  readonly name: 'calico';
  /** Of a checkout: what `git describe` says. */
  readonly version: string;
  /** To be loaded into the nodes. */
  readonly images: readonly string[];
  /** YAML text; apply it as it is. Names the images as a node knows them (`docker.io/netproof/…`), never pulled. */
  readonly manifest: string;
  readonly provenance: readonly ImageProvenance[];
}

/** Images that are in the engine now, complete, under these names. */
export interface BuiltImages {
  /** For `kind create cluster --image`; holds Kubernetes' own images. */
  readonly node: ImageProvenance;
  /** To be loaded into the nodes; named as scenarios and pods name them (`nginx:…`). */
  readonly workloads: readonly ImageProvenance[];
  readonly cni: BuiltCni;
  /** All of the above, for the run's record. */
  readonly provenance: readonly ImageProvenance[];
}

/** Surroundings of the builds, with what several of them stand on. */
interface Ground {
  readonly context: BuildContext;
  /** How its steps run. */
  readonly run: StepRun;
  readonly versions: SourceVersions;
  readonly codename: string;
  readonly roots: RootImages;
}

const prepare = async (options: Omit<BuildImagesOptions, 'calico'>): Promise<Ground> => {
  const side = sideLane(options.progress);
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const { engine, progress, state = stateFolder() } = options;
  const context: BuildContext = { engine, progress, state, signal, sideProgress: side.progress };
  await ensurePrerequisites(context);
  const { codename } = await debianHost();
  return {
    context,
    run: { progress, signal, stop, side },
    codename,
    versions: { ...defaultVersions, ...options.versions },
    roots: rootImages(context, codename),
  };
};

interface CalicoPlan {
  readonly source: CalicoSource;
  readonly build: CalicoBuild;
  readonly steps: readonly BuildStep[];
}

const planCalico = async ({ context, versions, roots }: Ground, origin: CalicoOrigin): Promise<CalicoPlan> => {
  const source =
    origin.kind === 'module' ? calicoModule(context, origin.version) : await calicoCheckout(context, origin.dir);
  const plugins = cniPlugins(context, versions.cniPlugins);
  const build = calicoBuild(context, source, { smallRoot: roots.small, plugins });
  return { source, build, steps: [...build.images, build.manifest] };
};

const builtCalico = async ({ source, build }: CalicoPlan): Promise<BuiltCni> => ({
  name: 'calico',
  version: source.version,
  images: build.images.map((step) => step.image),
  manifest: await readFile(join(build.manifest.folder, 'calico.yaml'), 'utf8'),
  provenance: build.images.map(({ image, key }) => ({
    name: image,
    provenance: `source ${source.provenance} recipe ${key}`,
  })),
});

const planNode = ({ context, versions, roots }: Ground): ImageStep => {
  const version = versions.kubernetes;
  const binaries = kubernetesBinaries(context, version);
  const kubernetes = kubernetesImages(context, binaries, { version, smallRoot: roots.small });
  const base = nodeBase(context, { versions, binaries, list: kubernetes.list, root: roots.node });
  return nodeImage(context, { base, kubernetes, version });
};

const makeAll = async ({ context, run }: Ground, targets: readonly BuildStep[]): Promise<void> => {
  if ((await runSteps(targets, run)) > 0) await prune(context, targets);
};

/**
 * Builds Calico's images alone, for a cluster whose nodes and workloads come from elsewhere. Otherwise as `buildImages`.
 */
export const buildCalico = async (options: Omit<BuildImagesOptions, 'versions'>): Promise<BuiltCni> => {
  const ground = await prepare(options);
  const calico = await planCalico(ground, options.calico);
  await makeAll(ground, calico.steps);
  return builtCalico(calico);
};

/**
 * Builds the node image, Calico and the workload images from source and leaves them in the engine. What is there
 * already, complete and of the same content, is kept; an interrupted build goes on where it was. Needs Debian, root
 * and Go; cold it takes about a quarter of an hour on two cores. Rejects with `ClusterError`; with `UsageError` when
 * the checkout is none; with the signal's reason when it aborts.
 */
export const buildImages = async (options: BuildImagesOptions): Promise<BuiltImages> => {
  const ground = await prepare(options);
  const { context, versions } = ground;
  const node = planNode(ground);
  const calico = await planCalico(ground, options.calico);
  const present: ImageProvenance[] = [];
  const builds: WorkloadBuild[] = [];
  for (const build of workloadBuilds(context, { ...ground, smallRoot: ground.roots.small, node: versions.node })) {
    const image = await presentWorkload(context, build.name);
    if (image === undefined) builds.push(build);
    else present.push(image);
  }

  await makeAll(ground, [node, ...calico.steps, ...builds.map(({ step }) => step)]);

  const workloads = [...present];
  for (const build of builds) workloads.push(await nameWorkload(context, build));
  const nodeProvenance = {
    name: node.image,
    provenance: `source k8s.io/kubernetes ${versions.kubernetes} recipe ${node.key}`,
  };
  const cni = await builtCalico(calico);
  return { node: nodeProvenance, workloads, cni, provenance: [nodeProvenance, ...cni.provenance, ...workloads] };
};

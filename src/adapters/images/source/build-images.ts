import type { ImageProvenance } from '../../../core/result/result.ts';
import type { Progress } from '../../../ports/progress.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { debianHost } from '../../debian/debian-host.ts';
import { type StateFolder, stateFolder } from '../../state-folder.ts';
import { type BuiltCni, type CniOrigin, planCni } from './cni-builds.ts';
import { ensurePrerequisites } from './debian/prerequisites.ts';
import { installedGoVersion } from './go/go-version.ts';
import { kubernetesBinaries } from './kubernetes/kubernetes-binaries.ts';
import { kubernetesImages } from './kubernetes/kubernetes-images.ts';
import { nodeBase } from './kubernetes/node-base.ts';
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

/** What to build, and with what. */
export interface BuildImagesOptions {
  readonly engine: ContainerEngine;
  /** Missing fields are those of `defaultVersions`. */
  readonly versions?: Partial<SourceVersions>;
  /** Absent: no network plugin. */
  readonly cni?: CniOrigin;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly state?: StateFolder;
}

/** Images that are in the engine now, complete, under these names. */
export interface BuiltImages {
  /** For `kind create cluster --image`; holds Kubernetes' own images. */
  readonly node: ImageProvenance;
  /** To be loaded into the nodes; named as scenarios and pods name them (`nginx:…`). */
  readonly workloads: readonly ImageProvenance[];
  /** Absent where none was asked for. */
  readonly cni?: BuiltCni;
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

const prepare = async (options: Omit<BuildImagesOptions, 'cni'>): Promise<Ground> => {
  const side = sideLane(options.progress);
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  const { engine, progress, state = stateFolder() } = options;
  const work = { progress, state, signal };
  await ensurePrerequisites(work);
  const goVersion = await installedGoVersion(work);
  const context: BuildContext = { ...work, engine, goVersion, sideProgress: side.progress };
  const { codename } = await debianHost();
  return {
    context,
    run: { progress, signal, stop, side },
    codename,
    versions: { ...defaultVersions, ...options.versions },
    roots: rootImages(context, codename),
  };
};

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
 * Builds a network plugin's images alone, for a cluster whose nodes and workloads come from elsewhere. Otherwise as
 * `buildImages`.
 */
export const buildCni = async (
  options: Omit<BuildImagesOptions, 'versions' | 'cni'> & { readonly cni: CniOrigin },
): Promise<BuiltCni> => {
  const ground = await prepare(options);
  const plan = await planCni(ground, options.cni);
  await makeAll(ground, plan.steps);
  return plan.built();
};

/**
 * Builds the node image, the network plugin and the workload images from source and leaves them in the engine. What is there
 * already, complete and of the same content, is kept; an interrupted build goes on where it was. Needs Debian, root
 * and Go; cold it takes about a quarter of an hour on two cores. Rejects with `ClusterError`; with `UsageError` when
 * the checkout is none; with the signal's reason when it aborts.
 */
export const buildImages = async (options: BuildImagesOptions): Promise<BuiltImages> => {
  const ground = await prepare(options);
  const { context, versions } = ground;
  const node = planNode(ground);
  const plan = options.cni === undefined ? undefined : await planCni(ground, options.cni);
  const present: ImageProvenance[] = [];
  const builds: WorkloadBuild[] = [];
  for (const build of workloadBuilds(context, { ...ground, smallRoot: ground.roots.small, node: versions.node })) {
    const image = await presentWorkload(context, build.name);
    if (image === undefined) builds.push(build);
    else present.push(image);
  }

  await makeAll(ground, [node, ...(plan?.steps ?? []), ...builds.map(({ step }) => step)]);

  const workloads = [...present];
  for (const build of builds) workloads.push(await nameWorkload(context, build));
  const nodeProvenance = {
    name: node.image,
    provenance: `source k8s.io/kubernetes ${versions.kubernetes} recipe ${node.key}`,
  };
  const cni = await plan?.built();
  return {
    node: nodeProvenance,
    workloads,
    ...(cni !== undefined && { cni }),
    provenance: [nodeProvenance, ...(cni?.provenance ?? []), ...workloads],
  };
};

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageProvenance } from '../../../core/result/result.ts';
import type { Progress } from '../../../ports/progress.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { debianHost } from '../../debian/debian-host.ts';
import { type StateFolder, stateFolder } from '../../state-folder.ts';
import { calicoBuild } from './calico/calico-images.ts';
import { calicoModule } from './calico/calico-source.ts';
import { ensurePrerequisites } from './debian/prerequisites.ts';
import { rootImage } from './debian/root-image.ts';
import { kubernetesBinaries } from './kubernetes/kubernetes-binaries.ts';
import { kubernetesImages } from './kubernetes/kubernetes-images.ts';
import { cniPlugins, nodeBase } from './kubernetes/node-base.ts';
import { nodeImage } from './kubernetes/node-image.ts';
import { type BuildContext, runDocker } from './steps/build-step.ts';
import type { ImageStep } from './steps/image-step.ts';
import { runSteps } from './steps/run-steps.ts';
import { defaultVersions, type SourceVersions } from './versions.ts';
import { workloadBuilds } from './workloads/workload-builds.ts';

/** What to build, and with what. */
export interface BuildImagesOptions {
  readonly engine: ContainerEngine;
  /** Missing fields are those of `defaultVersions`. */
  readonly versions?: Partial<SourceVersions>;
  /** Calico from its published Go module, or from a checkout of its repository. */
  readonly calico: { readonly kind: 'module'; readonly version: string };
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
  readonly cni: {
    readonly name: 'calico';
    readonly version: string;
    /** To be loaded into the nodes. */
    readonly images: readonly string[];
    /** YAML text; apply it as it is. Names the images as a node knows them (`docker.io/netproof/…`), never pulled. */
    readonly manifest: string;
  };
  /** All of the above, for the run's record. */
  readonly provenance: readonly ImageProvenance[];
}

const systemPackages = [
  'systemd',
  'systemd-sysv',
  'dbus',
  'conntrack',
  'iptables',
  'nftables',
  'ipset',
  'iproute2',
  'ethtool',
  'util-linux',
  'mount',
  'kmod',
  'libseccomp2',
  'ca-certificates',
  'procps',
  'runc',
  'jq',
  'curl',
  'bash',
  'socat',
];
const smallPackages = [
  'iptables',
  'nftables',
  'ipset',
  'conntrack',
  'iproute2',
  'kmod',
  'procps',
  'runit',
  'net-tools',
  'netbase',
  'nginx-light',
];

/**
 * Builds the node image, Calico and the workload images from source and leaves them in the engine. What is there
 * already, complete and of the same content, is kept; an interrupted build goes on where it was. Needs Debian, root
 * and Go; cold it takes about a quarter of an hour on two cores. Rejects with `ClusterError`, with the signal's reason
 * when it aborts.
 */
export const buildImages = async (options: BuildImagesOptions): Promise<BuiltImages> => {
  const context: BuildContext = { ...options, state: options.state ?? stateFolder() };
  const versions = { ...defaultVersions, ...options.versions };
  await ensurePrerequisites(context);
  const { codename } = await debianHost();

  const root = (name: string, packages: readonly string[]): ImageStep =>
    rootImage(context, { name, title: `Debian root file system (${name})`, packages, codename });
  const smallRoot = root('root-small', smallPackages);
  const binaries = kubernetesBinaries(context, versions.kubernetes);
  const kubernetes = kubernetesImages(context, binaries, { version: versions.kubernetes, smallRoot });
  const base = nodeBase(context, {
    versions,
    binaries,
    list: kubernetes.list,
    root: root('root-node', systemPackages),
  });
  const node = nodeImage(context, { base, kubernetes, version: versions.kubernetes });
  const plugins = cniPlugins(context, versions.cniPlugins);
  const source = calicoModule(context, options.calico.version);
  const calico = calicoBuild(context, source, { smallRoot, plugins });
  const workloads = workloadBuilds(context, { smallRoot, node: versions.node, codename });

  await runSteps([node, ...calico.images, calico.manifest, ...workloads.map(({ step }) => step)], context);
  for (const { name, step } of workloads) await runDocker(context, 'tag', ['tag', step.image, name]);

  const nodeProvenance = {
    name: node.image,
    provenance: `source k8s.io/kubernetes ${versions.kubernetes} recipe ${node.key}`,
  };
  const workloadProvenance = workloads.map(({ name, step, source: from }) => ({
    name,
    provenance: `source ${from} recipe ${step.key}`,
  }));
  return {
    node: nodeProvenance,
    workloads: workloadProvenance,
    cni: {
      name: 'calico',
      version: source.version,
      images: calico.images.map((step) => step.image),
      manifest: await readFile(join(calico.manifest.folder, 'calico.yaml'), 'utf8'),
    },
    provenance: [
      nodeProvenance,
      ...calico.images.map(({ image, key }) => ({
        name: image,
        provenance: `source ${source.provenance} recipe ${key}`,
      })),
      ...workloadProvenance,
    ],
  };
};

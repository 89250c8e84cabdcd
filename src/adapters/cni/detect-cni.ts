import type { CallOptions, Cluster, KubeObject } from '../../ports/cluster.ts';
import type { CniInfo } from '../../ports/cluster-provider.ts';

/** The DaemonSet by which a plugin is known, and the container whose image has its version. */
interface Mark {
  readonly name: string;
  readonly daemonSet: RegExp;
  readonly container: RegExp;
}

/** Asked in this order: a cluster may run a policy agent beside the plugin that connects its pods. */
const marks: readonly Mark[] = [
  { name: 'canal', daemonSet: /^(rke2-)?canal$/, container: /calico-node/ },
  { name: 'calico', daemonSet: /^calico-node$/, container: /calico-node/ },
  { name: 'cilium', daemonSet: /^(cilium|anetd)$/, container: /cilium-agent/ },
  { name: 'antrea', daemonSet: /^antrea-agent$/, container: /antrea-agent/ },
  { name: 'kube-ovn', daemonSet: /^kube-ovn-cni$/, container: /cni-server/ },
  { name: 'ovn-kubernetes', daemonSet: /^ovnkube-node/, container: /ovnkube|ovn-controller/ },
  { name: 'kube-router', daemonSet: /^kube-router$/, container: /kube-router/ },
  { name: 'weave', daemonSet: /^weave-net$/, container: /^weave$/ },
  { name: 'aws-vpc-cni', daemonSet: /^aws-node$/, container: /aws-node/ },
  { name: 'azure-cni', daemonSet: /^azure-(cns|cni)/, container: /azure/ },
  { name: 'kindnet', daemonSet: /^kindnet$/, container: /kindnet/ },
  { name: 'flannel', daemonSet: /^kube-flannel/, container: /kube-flannel/ },
];

/** The parts of `DaemonSet` that name its images. */
interface DaemonSetParts {
  readonly spec?: {
    readonly template?: {
      readonly spec?: { readonly containers?: readonly { readonly name: string; readonly image?: string }[] };
    };
  };
}

/** Where Calico itself writes its version, whatever its images are called. */
const calicoInformation = {
  apiVersion: 'crd.projectcalico.org/v1',
  kind: 'ClusterInformation',
  name: 'default',
} as const;

/** Finds out which network plugin a cluster runs, and its version, by the DaemonSets of all namespaces. */
export async function detectCni(cluster: Cluster, options?: CallOptions): Promise<CniInfo> {
  const found = recogniseCni(await cluster.list({ apiVersion: 'apps/v1', kind: 'DaemonSet' }, options));
  if (found.name !== 'calico' || /^v?\d+\.\d+/.test(found.version)) return found;
  const information = await cluster.get(calicoInformation, options).catch(() => undefined);
  const { calicoVersion } = (information?.spec ?? {}) as { readonly calicoVersion?: string };
  return { ...found, version: calicoVersion ?? found.version };
}

/** The plugin that the DaemonSets among these objects belong to; `unknown` when none is known (it may run outside of pods). */
export function recogniseCni(objects: readonly KubeObject[]): CniInfo {
  const found = pluginAgent(objects);
  return found === undefined ? { name: 'unknown', version: '' } : { name: found.name, version: imageTag(found.image) };
}

/** What runs a plugin's agent on every node. */
export interface PluginAgent {
  /** Of the plugin. */
  readonly name: string;
  readonly daemonSet: KubeObject;
  /** The container whose image has the plugin's version, and whose log tells what it does. */
  readonly container: string;
  readonly image: string;
}

/** The plugin's agent among these objects; undefined when no plugin is known by them. */
export function pluginAgent(objects: readonly KubeObject[]): PluginAgent | undefined {
  const daemonSets = objects.filter(({ kind }) => kind === 'DaemonSet');
  for (const { name, daemonSet: pattern, container: wanted } of marks) {
    const daemonSet: (KubeObject & DaemonSetParts) | undefined = daemonSets.find(({ metadata }) =>
      pattern.test(metadata.name),
    );
    if (daemonSet === undefined) continue;
    const containers = daemonSet.spec?.template?.spec?.containers ?? [];
    const container = containers.find((candidate) => wanted.test(candidate.name)) ?? containers[0];
    return { name, daemonSet, container: container?.name ?? '', image: container?.image ?? '' };
  }
  return undefined;
}

/** The tag of an image name, without digest and registry port; empty where there is none. */
function imageTag(image: string): string {
  return /:([\w][\w.-]*)$/.exec(image.split('@')[0]?.split('/').at(-1) ?? '')?.[1] ?? '';
}

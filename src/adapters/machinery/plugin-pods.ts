import type { PluginPart } from '../../core/scenario/disruption.ts';
import type { CallOptions, Cluster, KubeObject } from '../../ports/cluster.ts';
import type { CniPlugin } from '../cni/cni-plugin.ts';

/** Which pods are a part of the plugin. */
export interface PartPods {
  readonly namespace: string;
  readonly labelSelector: string;
  /** The container that does the work. */
  readonly container: string;
}

/** A pod of the plugin as it stands. */
export interface PluginPod {
  readonly name: string;
  readonly node: string;
  readonly ready: boolean;
  /** Changes whenever the pod is another one or its container was restarted. */
  readonly mark: string;
}

/** The pods of a part; undefined where the plugin has no such part. */
export function partOf({ agent, controller }: CniPlugin, part: PluginPart): PartPods | undefined {
  return part === 'agent' ? agent : controller;
}

/** The part's pods that stand on the nodes, or on any; those that are going are left out. */
export async function pluginPods(
  cluster: Cluster,
  { namespace, labelSelector, container }: PartPods,
  nodes: readonly string[] | undefined,
  options: CallOptions,
): Promise<readonly PluginPod[]> {
  const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector }, options);
  return pods
    .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
    .map((pod) => podFrom(pod, container))
    .filter(({ node }) => nodes?.includes(node) ?? true);
}

interface PodFields {
  readonly spec: { readonly nodeName?: string };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly name: string; readonly restartCount: number }[];
  };
}

function podFrom(pod: KubeObject, container: string): PluginPod {
  const { spec, status } = pod as unknown as PodFields;
  const restarts = status?.containerStatuses?.find(({ name }) => name === container)?.restartCount ?? 0;
  return {
    name: pod.metadata.name,
    node: spec.nodeName ?? '',
    ready: status?.conditions?.some(({ type, status: met }) => type === 'Ready' && met === 'True') ?? false,
    mark: `${pod.metadata.uid} ${restarts}`,
  };
}

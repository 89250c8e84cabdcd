import type { Scenario } from '../core/scenario/scenario.ts';
import type { Cluster, KubeObject } from '../ports/cluster.ts';
import type { LaneNames } from './lane-names.ts';

interface PodStatus {
  readonly conditions?: readonly {
    readonly type: string;
    readonly status: string;
    readonly lastTransitionTime?: string;
  }[];
  readonly containerStatuses?: readonly { readonly restartCount: number }[];
  /** Native sidecars are among them. */
  readonly initContainerStatuses?: readonly { readonly restartCount: number }[];
}

/** Pods of a scenario (`namespace/name`) with a mark that changes whenever a pod stops being ready or restarts. */
export type ReadyMarks = ReadonlyMap<string, string>;

/** Which pods are Ready now (API: `status.conditions`), with their marks. Two equal marks: ready all the time between. */
export async function readyMarks(
  scenario: Scenario,
  names: LaneNames,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<ReadyMarks> {
  const lists = await Promise.all(
    scenario.namespaces.map(async ({ name }) => {
      const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: names.namespace(name) }, { signal });
      return pods.flatMap((pod) => entryOf(name, pod));
    }),
  );
  return new Map(lists.flat());
}

function entryOf(namespace: string, pod: KubeObject): readonly [string, string][] {
  const status = (pod.status ?? {}) as PodStatus;
  const ready = status.conditions?.find(({ type }) => type === 'Ready');
  if (ready?.status !== 'True') return [];
  const containers = [...(status.containerStatuses ?? []), ...(status.initContainerStatuses ?? [])];
  const restarts = containers.map(({ restartCount }) => restartCount).join(',');
  return [[`${namespace}/${pod.metadata.name}`, `${ready.lastTransitionTime} ${restarts}`]];
}

/** Pods that were ready from the first marks to the second. */
export function readyThroughout(before: ReadyMarks, after: ReadyMarks): ReadonlySet<string> {
  return new Set([...before].filter(([pod, mark]) => after.get(pod) === mark).map(([pod]) => pod));
}

import type { KubeObject } from '../../ports/cluster.ts';

/** The parts of `Pod` that tell where, and since when, its containers run. */
interface PodParts {
  readonly spec?: { readonly nodeName?: string };
  readonly status?: { readonly phase?: string; readonly containerStatuses?: readonly ContainerStatus[] };
}

interface ContainerStatus {
  readonly ready?: boolean;
  readonly state?: { readonly running?: { readonly startedAt?: string } };
}

/**
 * Names of pods on the given nodes that are not ready now. A status of a time before the node was last started counts as
 * not ready, whatever it says: nobody has looked at the pod since.
 * @param starts milliseconds since 1970 by node name
 */
export function unreadyPods(pods: readonly KubeObject[], starts: ReadonlyMap<string, number>): readonly string[] {
  return pods
    .filter((pod) => {
      const { spec, status } = pod as KubeObject & PodParts;
      const start = starts.get(spec?.nodeName ?? '');
      if (start === undefined || status?.phase === 'Succeeded') return false;
      // Kubernetes gives whole seconds, rounded down.
      const since = Math.floor(start / 1_000) * 1_000;
      const isReady = ({ ready, state }: ContainerStatus): boolean =>
        ready === true && Date.parse(state?.running?.startedAt ?? '') >= since;
      const containers = status?.containerStatuses ?? [];
      return containers.length === 0 || !containers.every(isReady);
    })
    .map(({ metadata }) => metadata.name);
}

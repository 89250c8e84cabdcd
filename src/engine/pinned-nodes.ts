import type { ClusterInfo } from '../ports/cluster.ts';

/** The nodes that pods may be pinned to: those that are ready and take pods, by name. */
export function pinnableNodes({ nodes }: Pick<ClusterInfo, 'nodes'>): readonly string[] {
  return nodes
    .filter(({ ready, takesPods }) => ready && takesPods !== false)
    .map(({ name }) => name)
    .toSorted();
}

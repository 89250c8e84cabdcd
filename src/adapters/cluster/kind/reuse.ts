import type { ClusterRecord } from './cluster-record.ts';
import type { NodeContainer } from './node-containers.ts';

/** What a cluster must be made of to serve a request. Absent: any will do. */
export interface WantedCluster {
  readonly nodes: number;
  readonly ipFamily: ClusterRecord['ipFamily'];
  readonly configKey: string;
  readonly kubernetes?: string;
  readonly cniChoice: string;
  readonly imageSource?: ClusterRecord['imageSource'];
}

/** Whether what stands can serve, before anybody asks its API server. */
export type Reuse =
  | { readonly kind: 'fits'; readonly record: ClusterRecord }
  | { readonly kind: 'absent' }
  /** It has to go; the reason is a clause that follows "the cluster ". */
  | { readonly kind: 'unfit'; readonly reason: string };

/**
 * Decides from the record, which only a whole cluster has, and from the containers that are there.
 * @param wanted absent: whatever the cluster was made of
 */
export function decideReuse(
  wanted: WantedCluster | undefined,
  record: ClusterRecord | undefined,
  containers: readonly NodeContainer[],
): Reuse {
  if (containers.length === 0) return { kind: 'absent' };
  if (record === undefined) return unfit('was never finished');
  const present = containers.map(({ id }) => id).toSorted();
  if (present.join() !== record.containers.toSorted().join()) return unfit('is not the one that netproof made');
  const stopped = containers.filter(({ running }) => !running);
  if (stopped.length > 0) return unfit(`has stopped nodes (${stopped.map(({ name }) => name).join(', ')})`);
  const difference = wanted === undefined ? undefined : differenceOf(wanted, record);
  return difference === undefined ? { kind: 'fits', record } : unfit(difference);
}

const unfit = (reason: string): Reuse => ({ kind: 'unfit', reason });

function differenceOf(wanted: WantedCluster, record: ClusterRecord): string | undefined {
  if (wanted.nodes !== record.nodes) return `has ${record.nodes} nodes, not ${wanted.nodes}`;
  if (wanted.ipFamily !== record.ipFamily) return `is ${record.ipFamily}, not ${wanted.ipFamily}`;
  if (wanted.kubernetes !== record.kubernetes) {
    return `has Kubernetes ${record.kubernetes ?? '(default)'}, not ${wanted.kubernetes ?? '(default)'}`;
  }
  if (wanted.cniChoice !== record.cniChoice) return `has ${record.cniChoice}, not ${wanted.cniChoice}`;
  if (wanted.configKey !== record.configKey) return 'was made by another kind-config.yaml';
  if (wanted.imageSource !== undefined && wanted.imageSource !== record.imageSource) {
    return `has images from ${record.imageSource}, not from ${wanted.imageSource}`;
  }
  return undefined;
}

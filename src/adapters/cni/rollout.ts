import type { KubeObject } from '../../ports/cluster.ts';

/** The parts of `DaemonSet` and `Deployment` (apps/v1) that tell how far a rollout is. */
interface Workload {
  readonly metadata: { readonly generation?: number };
  readonly spec?: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly desiredNumberScheduled?: number;
    readonly updatedNumberScheduled?: number;
    readonly numberReady?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
  };
}

/** How far a DaemonSet or Deployment is rolled out. */
export interface Rollout {
  readonly done: boolean;
  /** e.g. `calico-node 1 of 2 ready`. */
  readonly text: string;
}

/**
 * Reads a rollout as `kubectl rollout status` does: the controller has seen the latest generation, and all pods are of
 * it and ready. A DaemonSet that wants no pod yet is not done: its controller may not have seen the nodes.
 */
export function rolloutOf(object: KubeObject): Rollout {
  const { metadata, spec, status = {} } = object as KubeObject & Workload;
  const isDaemonSet = object.kind === 'DaemonSet';
  const wanted = isDaemonSet ? (status.desiredNumberScheduled ?? 0) : (spec?.replicas ?? 1);
  const updated = (isDaemonSet ? status.updatedNumberScheduled : status.updatedReplicas) ?? 0;
  const ready = (isDaemonSet ? status.numberReady : status.availableReplicas) ?? 0;
  const seen = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  return {
    done: seen && updated >= wanted && ready >= wanted && (wanted > 0 || !isDaemonSet),
    text: `${metadata.name} ${Math.min(updated, ready)} of ${wanted} ready`,
  };
}

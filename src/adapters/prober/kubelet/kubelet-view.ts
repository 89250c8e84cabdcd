import type { Outcome } from '../../../core/matrix/outcome.ts';
import type { KubeletProbe } from '../../../core/scenario/kubelet-probes.ts';
import type { KubeObject } from '../../../ports/cluster.ts';

interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
}

/** What a kubelet says of a probe, at a look. */
export interface KubeletFinding {
  /** `open`: the probes come through; `dropped`: they do not, whatever became of them. */
  readonly outcome: Extract<Outcome, 'open' | 'dropped'>;
  /** In words, where they do not. */
  readonly detail?: string;
}

/** The container that the probe decides about, alone: what becomes of it is the probe's doing. */
export function kubeletContainer(probe: KubeletProbe): string {
  return `kubelet-${probe}`;
}

/**
 * What the kubelet says of its probes of a pod, look after look: a container is not ready once the readiness probe has
 * failed, and restarted once the liveness probe has (API: `ContainerStatus`).
 */
export class KubeletView {
  readonly #restarts = new Map<KubeletProbe, number>();

  /** What the pod's status says of a probe now; restarts are counted from the look before. */
  look(pod: KubeObject, probe: KubeletProbe): KubeletFinding {
    const { containerStatuses = [] } = (pod.status ?? {}) as {
      readonly containerStatuses?: readonly ContainerStatus[];
    };
    const status = containerStatuses.find(({ name }) => name === kubeletContainer(probe));
    if (status === undefined) return { outcome: 'dropped', detail: 'its container has not started' };
    const { ready, restartCount } = status;
    const before = this.#restarts.get(probe) ?? restartCount;
    this.#restarts.set(probe, restartCount);
    if (restartCount > before) return { outcome: 'dropped', detail: 'restarted: the liveness probe failed' };
    return ready ? { outcome: 'open' } : { outcome: 'dropped', detail: 'not ready: the readiness probe fails' };
  }
}

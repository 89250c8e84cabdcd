import type { ScenarioPod } from '../../../core/scenario/scenario.ts';
import type { KubeObject } from '../../../ports/cluster.ts';
import { agentPod } from './agent-pod.ts';
import { firstInstantPod } from './first-instant-pod.ts';
import { pagePod } from './page-pod.ts';
import { pendingPod } from './pending-pod.ts';
import type { PodPlacement } from './shared.ts';
import { shellPod } from './shell-pod.ts';

/** The objects to apply, in order, for a pod of a scenario: what it mounts, then the pod. */
export function podManifest(pod: ScenarioPod, placement: PodPlacement): readonly KubeObject[] {
  if (pod.pending) return pendingPod(pod, placement);
  if (pod.image === 'agent') return agentPod(pod, placement);
  if (pod.image === 'idle') return shellPod({ ...pod, image: placement.idleImage }, placement);
  if (pod.firstInstant) return firstInstantPod(pod, placement);
  return pod.probes === 'wget' ? shellPod(pod, placement) : pagePod(pod, placement);
}

import type { ScenarioPod } from '../../../core/scenario/scenario.ts';
import type { KubeObject } from '../../../ports/cluster.ts';
import { type PodPlacement, podObject } from './shared.ts';
import { SLEEP } from './shell-pod.ts';

/** A label that no node has. */
const NO_NODE = { 'netproof.io/no-node-has-this': 'true' };
/** A ConfigMap that is never made. */
const NO_VOLUME = 'netproof-never-made';

/**
 * A pod that never starts. The scheduler finds no node for it; one that is put on a node waits there for a volume, which
 * kubelets do before they ask the network plugin for an address.
 */
export function pendingPod(pod: ScenarioPod, { preferredNode: _, ...placement }: PodPlacement): readonly KubeObject[] {
  const waits = placement.node !== undefined;
  return [
    podObject(pod, placement, {
      image: placement.idleImage,
      commandFor: () => SLEEP,
      ...(waits ? { mounts: [{ configMap: NO_VOLUME, path: '/never' }] } : { nodeSelector: NO_NODE }),
    }),
  ];
}

import { fullName } from '../../../core/model/pod-name.ts';
import type { ScenarioPod } from '../../../core/scenario/scenario.ts';
import type { KubeObject } from '../../../ports/cluster.ts';
import { firstInstantCommand, firstInstantEnv } from '../wget/first-instant-script.ts';
import { type PodPlacement, podObject } from './shared.ts';

/** A pod whose first command dials what it is told to, and serves its ports. */
export function firstInstantPod(pod: ScenarioPod, placement: PodPlacement): readonly KubeObject[] {
  const { dials = [] } = placement;
  const env = Object.entries(firstInstantEnv({ ports: pod.ports, identity: fullName(pod), dials }));
  return [
    podObject(pod, placement, {
      image: pod.image,
      commandFor: () => firstInstantCommand,
      env: env.map(([name, value]) => ({ name, value })),
    }),
  ];
}

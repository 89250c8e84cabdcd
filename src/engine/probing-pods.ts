import { fullName } from '../core/model/pod-name.ts';
import { hostName, type Scenario } from '../core/scenario/scenario.ts';
import type { ProbePod } from '../ports/prober.ts';
import type { Topology } from './topology.ts';

/** The pods of a scenario that probe, those that kubelets probe, and its hosts outside, which all probe. */
export function probingPods(
  { pods, outside = [] }: Pick<Scenario, 'pods' | 'outside'>,
  topology: Topology,
): readonly ProbePod[] {
  const probers = [
    ...pods.flatMap((pod) => (pod.probes === undefined ? [] : [{ name: fullName(pod), method: pod.probes }])),
    ...pods.flatMap((pod) =>
      pod.kubeletProbes === undefined ? [] : [{ name: fullName(pod), method: 'kubelet' as const }],
    ),
    ...outside.map((host) => ({ name: hostName(host), method: 'agent' as const })),
  ];
  return probers.flatMap(({ name, method }) => {
    const placed = topology.pods.get(name);
    return placed === undefined ? [] : [{ name, ref: placed.ref, method }];
  });
}

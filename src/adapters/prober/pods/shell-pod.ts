import type { ScenarioPod } from '../../../core/scenario/scenario.ts';
import type { KubeObject } from '../../../ports/cluster.ts';
import { type PodPlacement, podObject } from './shared.ts';

/**
 * Resolver options (resolv.conf(5)): where a policy closes DNS, a name fails after about 2 s, like a connection that
 * times out, instead of half a minute.
 */
const DNS_CONFIG = {
  options: [
    { name: 'timeout', value: '1' },
    { name: 'attempts', value: '1' },
  ],
};

/** Sleeps until it is told to end. The trap lets it end at once: the first process has to ask for it. */
export const SLEEP: readonly string[] = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 3600 & wait $!; done'];

/** A pod that sleeps until an exec runs something in it. */
export function shellPod(pod: ScenarioPod, placement: PodPlacement): readonly KubeObject[] {
  return [podObject(pod, placement, { image: pod.image, commandFor: () => SLEEP, dnsConfig: DNS_CONFIG })];
}

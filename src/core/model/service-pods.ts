import { isWithoutAddress, type Pod } from './pod.ts';
import { selects } from './selection.ts';
import type { Service, ServicePort } from './service.ts';

/**
 * Whether a pod is behind a Service: in its namespace, with the labels that its selector asks for. A Service without a
 * selector has no pods of its own (API: `Service.spec.selector`).
 */
export function isBehind(
  { namespace, selector }: Pick<Service, 'namespace' | 'selector'>,
  pod: Pick<Pod, 'namespace' | 'labels'>,
): boolean {
  if (Object.keys(selector).length === 0) return false;
  return pod.namespace === namespace && selects({ matchLabels: selector }, pod.labels);
}

/** The pod's port behind a Service's port; undefined where a named `targetPort` is none of the pod's. */
export function portOn(
  pod: Pick<Pod, 'ports'>,
  { port, targetPort = port, protocol }: Pick<ServicePort, 'port' | 'targetPort' | 'protocol'>,
): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  return pod.ports.find((each) => each.name === targetPort && each.protocol === protocol)?.port;
}

/** Whether a Service leads to a pod behind it: one that runs, is ready, and is not to end. */
export function takesTraffic(pod: Pick<Pod, 'terminating' | 'finished' | 'pending' | 'unready'>): boolean {
  return !isWithoutAddress(pod) && pod.terminating !== true && pod.unready !== true;
}

import type { Pod } from '../model/pod.ts';
import { selects } from '../model/selection.ts';
import type { Service, ServicePort } from '../model/service.ts';
import type { Oracle } from './oracle.ts';

/** The pods behind a Service: those of its namespace that its selector selects, without the finished ones. */
export function backendsOf(oracle: Oracle, service: Service): readonly Pod[] {
  if (Object.keys(service.selector).length === 0) return [];
  return oracle
    .podsIn(service.namespace)
    .filter((pod) => pod.finished !== true && selects({ matchLabels: service.selector }, pod.labels));
}

/** The backend's port behind a Service's port; undefined where a named `targetPort` is none of the pod's. */
export function portOn(pod: Pod, { port, targetPort = port, protocol }: ServicePort): number | undefined {
  if (typeof targetPort === 'number') return targetPort;
  return pod.ports.find((each) => each.name === targetPort && each.protocol === protocol)?.port;
}

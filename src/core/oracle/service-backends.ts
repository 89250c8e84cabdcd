import type { Pod } from '../model/pod.ts';
import type { Service } from '../model/service.ts';
import { isBehind, takesTraffic } from '../model/service-pods.ts';
import type { Oracle } from './oracle.ts';

/** The pods behind a Service: those of its namespace that its selector selects, without those that a Service leads nobody to. */
export function backendsOf(oracle: Oracle, service: Pick<Service, 'namespace' | 'selector'>): readonly Pod[] {
  return oracle.podsIn(service.namespace).filter((pod) => takesTraffic(pod) && isBehind(service, pod));
}

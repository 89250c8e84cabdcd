import type { Pod } from '../model/pod.ts';
import type { Service } from '../model/service.ts';
import { isBehind } from '../model/service-pods.ts';
import type { Oracle } from './oracle.ts';

/** The pods behind a Service: those of its namespace that its selector selects, without those that ended or are to end. */
export function backendsOf(oracle: Oracle, service: Service): readonly Pod[] {
  return oracle
    .podsIn(service.namespace)
    .filter((pod) => pod.finished !== true && pod.terminating !== true && isBehind(service, pod));
}

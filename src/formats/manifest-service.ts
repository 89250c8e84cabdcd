import type { Service, ServicePort } from '../core/model/service.ts';
import { isProtocol, itemsOf, type JsonObject, objectOf, textsOf } from './json-fields.ts';

/** Reads a Service. */
export function serviceFrom(object: JsonObject, namespace: string, name: string): Service {
  const spec = objectOf(object.spec);
  const listed = Array.isArray(spec.clusterIPs) ? spec.clusterIPs : [spec.clusterIP];
  const balanced = itemsOf(objectOf(objectOf(object.status).loadBalancer).ingress).map(({ ip }) => ip);
  const outer = [...(Array.isArray(spec.externalIPs) ? spec.externalIPs : []), ...balanced];
  const externalIPs = outer.filter((ip) => typeof ip === 'string');
  const { externalTrafficPolicy: policy } = spec;
  return {
    namespace,
    name,
    selector: textsOf(spec.selector),
    ports: itemsOf(spec.ports).flatMap(portFrom),
    ...(externalIPs.length > 0 && { externalIPs }),
    ...((policy === 'Local' || policy === 'Cluster') && { externalTrafficPolicy: policy }),
    clusterIPs: listed.filter((ip) => typeof ip === 'string' && ip !== '').map(String),
  };
}

function portFrom({ name, port, targetPort, protocol = 'TCP', nodePort }: JsonObject): readonly ServicePort[] {
  if (typeof port !== 'number' || !isProtocol(protocol)) return [];
  return [
    {
      ...(typeof name === 'string' && { name }),
      port,
      ...((typeof targetPort === 'number' || typeof targetPort === 'string') && { targetPort }),
      protocol,
      ...(typeof nodePort === 'number' && { nodePort }),
    },
  ];
}

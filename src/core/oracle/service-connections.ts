import { familyOf } from '../model/address.ts';
import type { Service } from '../model/service.ts';
import { portOn } from '../model/service-pods.ts';
import type { Connection } from './connection.ts';
import type { Oracle } from './oracle.ts';
import { backendsOf } from './service-backends.ts';

/** What a source dials of a Service; `port` is the Service's. */
type Dial = Pick<Connection, 'from' | 'port' | 'protocol' | 'family'>;

/**
 * The connections that a dial to a Service may become, one for each backend: to the backend's own port, and with the
 * ClusterIP as the dialled address. A headless Service has none: its name stands for the backends, and their port is
 * the dialled one. Empty where the Service has no such port, or no backend serves it.
 */
export function serviceConnections(oracle: Oracle, service: Service, dial: Dial): readonly Connection[] {
  const { port, protocol, family } = dial;
  const headless = service.clusterIPs.includes('None');
  const servicePort = service.ports.find((each) => each.port === port && each.protocol === protocol);
  const address = service.clusterIPs.find((ip) => family === undefined || familyOf(ip) === family);
  return backendsOf(oracle, service).flatMap((pod) => {
    if (headless) return [{ ...dial, to: { pod } }];
    const own = servicePort && portOn(pod, servicePort);
    return own === undefined ? [] : [{ ...dial, to: { pod }, port: own, dialled: { address } }];
  });
}

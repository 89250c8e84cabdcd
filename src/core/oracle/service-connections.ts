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
 * ClusterIPs as the dialled address. A headless Service has none: its name stands for the backends, and their port is
 * the dialled one. Empty where the Service has no such port, or no backend serves it.
 */
export function serviceConnections(oracle: Oracle, service: Service, dial: Dial): readonly Connection[] {
  const { port, protocol } = dial;
  const headless = service.clusterIPs.includes('None');
  const servicePort = service.ports.find((each) => each.port === port && each.protocol === protocol);
  const [address, ...otherAddresses] = service.clusterIPs;
  return backendsOf(oracle, service).flatMap((pod) => {
    if (headless) return [{ ...dial, to: { pod } }];
    const own = servicePort && portOn(pod, servicePort);
    return own === undefined
      ? []
      : [{ ...onlyFamily(service), ...dial, to: { pod }, port: own, dialled: { address, otherAddresses } }];
  });
}

/** The family of every dial to a Service that has addresses of one only. */
function onlyFamily({ clusterIPs }: Service): Pick<Connection, 'family'> {
  const [family, ...others] = new Set(clusterIPs.map(familyOf));
  return family === undefined || others.length > 0 ? {} : { family };
}

import { familyOf } from '../core/model/address.ts';
import type { IpFamily } from '../core/model/protocol.ts';
import type { PodRef } from '../ports/cluster.ts';

/** Where a scenario's pod really runs. */
export interface PlacedPod {
  readonly ref: PodRef;
  /** Addresses of the pod (API: `status.podIPs`). */
  readonly ips: readonly string[];
  readonly node: string;
  /** Its answers do not say who gives them; absent: they do. */
  readonly nameless?: true;
  /** What is exchanged with its ports where that is more than a line, in bytes; keys `53/UDP`. */
  readonly payloads?: ReadonlyMap<string, number>;
}

/** Where a scenario's Service is reached. */
export interface PlacedService {
  readonly clusterIPs: readonly string[];
  /** Name as a pod of any namespace can resolve it: `web.np-1-a-default`. */
  readonly host: string;
  /** NodePorts by `80/TCP`; empty for a Service without. */
  readonly nodePorts: ReadonlyMap<string, number>;
}

/**
 * The real addresses behind a scenario's logical names (`namespace/name`). Hosts outside are among the pods. Kept up to
 * date where pods come and go.
 */
export interface Topology {
  readonly pods: Map<string, PlacedPod>;
  readonly services: Map<string, PlacedService>;
  /** Addresses of the cluster's nodes, by name. */
  readonly nodes: ReadonlyMap<string, readonly string[]>;
}

/** The address of the family, if there is one. */
export function addressOf(ips: readonly string[], family: IpFamily): string | undefined {
  return ips.find((ip) => familyOf(ip) === family);
}

import type { Protocol } from './protocol.ts';
import type { Labels } from './selector.ts';

/** API: `ServicePort`. `targetPort` defaults to `port`; a string names a container port of each backend. */
export interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly targetPort?: number | string;
  readonly protocol: Protocol;
  readonly nodePort?: number;
}

/** A Service with a selector: its backends are the ready pods of its namespace that the selector selects. */
export interface Service {
  readonly namespace: string;
  readonly name: string;
  readonly selector: Labels;
  readonly ports: readonly ServicePort[];
  /** ClusterIPs, one a family; `None` for a headless Service; empty while unknown. */
  readonly clusterIPs: readonly string[];
  /** Addresses from outside that lead to it (API: `spec.externalIPs`, and of `status.loadBalancer`). */
  readonly externalIPs?: readonly string[];
  /** Whether a NodePort leads to backends of its own node only, and keeps the client's address (API: same name). */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
}

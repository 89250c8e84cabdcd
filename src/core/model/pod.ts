import type { Protocol } from './protocol.ts';
import type { Labels } from './selector.ts';

/** A port that a container of a pod declares (API: `ContainerPort`). */
export interface ContainerPort {
  /** Name that policies and Services may use instead of the number; unique in the pod per protocol. */
  readonly name?: string;
  readonly port: number;
  readonly protocol: Protocol;
  /** Port of the node that leads to it. */
  readonly hostPort?: number;
}

/** A pod as policies see it. `name` is unique in `namespace`; `ports` are those of all its containers, sidecars too. */
export interface Pod {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  /** Set where `ports` are not known, as of a pod that somebody imagines. */
  readonly portsUnknown?: boolean;
  /** Addresses (API: `status.podIPs`); empty while unknown. */
  readonly ips: readonly string[];
  readonly node?: string;
  readonly hostNetwork?: boolean;
  /** Being deleted, but still running: under policy as before, and no longer behind Services. */
  readonly terminating?: boolean;
  /** Succeeded or Failed: what its status still has as its address may be another pod's by now. */
  readonly finished?: boolean;
  /** Not started: on no node yet, or waiting on one. It has labels, and no address. */
  readonly pending?: boolean;
  /** It runs, and does not say that it is ready (API: condition `Ready`): no Service leads to it, policies hold as ever. */
  readonly unready?: boolean;
  /** How often its containers were started again; no policy asks for it. */
  readonly restarts?: number;
}

/** Whether no address stands for the pod: it has none yet, or any more. */
export function isWithoutAddress({ finished, pending }: Pick<Pod, 'finished' | 'pending'>): boolean {
  return finished === true || pending === true;
}

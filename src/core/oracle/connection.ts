import type { Pod } from '../model/pod.ts';
import type { IpFamily, Protocol } from '../model/protocol.ts';

/** An end of a connection that is a pod; it need not be in the cluster's state. */
export interface PodEnd {
  readonly pod: Pod;
}

/** An end that is no pod: a node, or something outside the cluster. */
interface AddressEnd {
  /** Undefined while unknown: then only a rule that admits every address of the family admits it. */
  readonly address: string | undefined;
  /** Its other addresses, such as one of the other family. */
  readonly otherAddresses?: readonly string[];
  /** Present when the end is a node: its name. */
  readonly node?: string;
}

/** One end of a connection. */
export type End = PodEnd | AddressEnd;

/** A connection that somebody tries to open. */
export interface Connection {
  readonly from: End;
  readonly to: End;
  /** Port of the destination itself: for a Service the backend's, not the Service's. */
  readonly port: number;
  readonly protocol: Protocol;
  /** Family of the addresses; default: the first that both ends have. */
  readonly family?: IpFamily;
  /**
   * Set when another address was dialled than the destination's (a ClusterIP, a node): it is not defined whether an
   * `ipBlock` of an egress rule sees this address or the destination's own.
   */
  readonly dialled?: Pick<AddressEnd, 'address' | 'otherAddresses'>;
  /** Set to false to ask policy even where a pod reaches itself, e.g. through a Service. Default true. */
  readonly selfExempt?: boolean;
}

/** Whether the end is a pod. */
export function isPodEnd(end: End): end is PodEnd {
  return 'pod' in end;
}

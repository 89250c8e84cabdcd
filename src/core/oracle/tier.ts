import type { Address } from '../model/address.ts';
import type { Pod } from '../model/pod.ts';
import type { PolicyType } from '../model/policy.ts';
import type { IpFamily, Protocol } from '../model/protocol.ts';

/** What `ipBlock` peers see: an address, or one that is not known but for its family. */
export type SeenAddress = Address | { readonly family: IpFamily; readonly value: undefined };

/** One half of a connection: may it leave its source, or may it enter its destination? */
export interface Query {
  readonly direction: PolicyType;
  /** The pod whose policies are asked: the source for Egress, the destination for Ingress. */
  readonly subject: Pod;
  /** The other end as selectors see it; undefined when it is no pod. */
  readonly peer: Pod | undefined;
  /** The other end as `ipBlock` sees it. */
  readonly address: SeenAddress;
  /** What an `ipBlock` that needs an unknown address comes to. */
  readonly unknownMatches: boolean;
  /** Whether the port of a destination whose ports are not known has the names that are asked for; default not. */
  readonly unknownNames?: boolean;
  /** The pod whose container ports give port names their numbers; undefined when the destination is no pod. */
  readonly destination: Pod | undefined;
  readonly port: number;
  readonly protocol: Protocol;
}

/** What a tier says: let it pass, stop it, or ask the next tier. */
type Ruling = 'accept' | 'deny' | 'next';

/** One level of policy. Tiers stand in an order and the first that does not say `next` decides. */
export interface Tier {
  readonly name: string;
  rule(query: Query): Ruling;
}

/** Asks the tiers in order; a query that none decides is accepted, for pods are not isolated by default. */
export function ask(tiers: readonly Tier[], query: Query): { readonly accepted: boolean; readonly tier: string } {
  for (const tier of tiers) {
    const ruling = tier.rule(query);
    if (ruling !== 'next') return { accepted: ruling === 'accept', tier: tier.name };
  }
  return { accepted: true, tier: 'default' };
}

import { type Address, familyOf } from '../model/address.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import type { IpFamily } from '../model/protocol.ts';
import type { Connection } from './connection.ts';
import { addressesOf } from './seen-address.ts';

/** Both address families, in the order in which they are spoken of. */
export const FAMILIES: readonly IpFamily[] = ['IPv4', 'IPv6'];

/** The address families of a cluster: those of the addresses that its state knows, both while it knows none. */
export function familiesIn({ pods, services, nodes = [] }: ClusterState): readonly IpFamily[] {
  const known = new Set<IpFamily>();
  const look = (ips: readonly string[]) => {
    for (const ip of ips) if (ip !== 'None') known.add(familyOf(ip));
  };
  for (const { ips } of [...pods, ...nodes]) look(ips);
  for (const { clusterIPs } of services) look(clusterIPs);
  return known.size === 0 ? FAMILIES : FAMILIES.filter((family) => known.has(family));
}

/** Why a connection cannot be: nothing leads from one address family to the other. */
export type FamilyGap = 'no-common-family' | 'family-missing';

/**
 * Says that the ends have no address family in common, or that one, or what was dialled in its place, has no address of the stated
 * family, as far as addresses are known; undefined where the connection can be.
 */
export function familyGap({ from, to, dialled, family }: Connection): FamilyGap | undefined {
  const [source, destination] = [from, to].map((end) => familiesAmong(addressesOf(end)));
  if (family !== undefined) {
    const taken = [source, destination, dialled && familiesAmong(addressesOf(dialled))];
    return taken.some((own) => own?.includes(family) === false) ? 'family-missing' : undefined;
  }
  const apart = source !== undefined && destination?.some((each) => source.includes(each)) === false;
  return apart ? 'no-common-family' : undefined;
}

/**
 * The families that a connection may use: the stated one, or those that both ends have. An end whose addresses are not
 * known may have each of the cluster's. Ends without a common family, which no verdict is about, get the destination's.
 */
export function familiesOf({ from, to, family }: Connection, cluster: readonly IpFamily[] = FAMILIES) {
  if (family !== undefined) return [family];
  const [ofSource, ofDestination] = [familiesAmong(addressesOf(from)), familiesAmong(addressesOf(to))];
  const [source, destination] = [ofSource ?? ofDestination ?? cluster, ofDestination ?? ofSource ?? cluster];
  const common = destination.filter((each) => source.includes(each));
  return common.length > 0 ? common : destination;
}

function familiesAmong(addresses: readonly Address[]): readonly IpFamily[] | undefined {
  const known = FAMILIES.filter((family) => addresses.some((address) => address.family === family));
  return known.length > 0 ? known : undefined;
}

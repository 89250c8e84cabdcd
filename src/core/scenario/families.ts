import type { IpFamily } from '../model/protocol.ts';
import type { Scenario } from './scenario.ts';

/** Needs of scenarios that are written for several families of addresses, or for IPv6. */
const OF_FAMILIES: ReadonlySet<string> = new Set(['ipv6', 'dual-stack']);

/**
 * Whether a scenario is written for IPv4 alone: it names ranges of addresses, or pods' addresses as ranges, which mean those of one
 * family, and says nothing of families.
 */
export function isOfIpv4({ needs = [], steps }: Scenario): boolean {
  if (needs.some((need) => OF_FAMILIES.has(need))) return false;
  return steps.some(({ changes }) =>
    changes.some((change) => {
      if (change.kind !== 'apply') return false;
      const { ingress = [], egress = [] } = change.manifest.policy?.spec ?? {};
      const peers = [...ingress.flatMap(({ from = [] }) => from), ...egress.flatMap(({ to = [] }) => to)];
      return peers.some(({ ipBlock }) => ipBlock !== undefined);
    }),
  );
}

/** The families of a cluster that a scenario is probed in. */
export function familiesOf(scenario: Scenario, has: readonly IpFamily[]): readonly IpFamily[] {
  return isOfIpv4(scenario) ? has.filter((family) => family === 'IPv4') : has;
}

import { fullName } from '../model/pod-name.ts';
import type { IpFamily } from '../model/protocol.ts';
import type { Addresses } from './placeholders.ts';
import { hostName, type Scenario } from './scenario.ts';

/**
 * Addresses for planning without a cluster: every pod that runs gets one of each family, all in one small range, hosts outside
 * another. A range wider than an address may hold other pods in a real cluster than it does here.
 */
export function syntheticAddresses(
  { pods, outside = [] }: Pick<Scenario, 'pods' | 'outside'>,
  families: readonly IpFamily[],
): Addresses {
  const address = (family: IpFamily, index: number): string =>
    family === 'IPv4' ? `10.244.${index >> 7}.${(index % 128) + 10}` : `fd00:10:244::${(index + 10).toString(16)}`;
  const outer = (family: IpFamily, index: number): string =>
    family === 'IPv4' ? `172.31.0.${index + 10}` : `fd00:172:31::${(index + 10).toString(16)}`;
  return {
    pods: new Map([
      ...pods
        .filter(({ pending }) => !pending)
        .map((pod, index) => [fullName(pod), families.map((family) => address(family, index))] as const),
      ...outside.map((host, index) => [hostName(host), families.map((family) => outer(family, index))] as const),
    ]),
    podCidr: families[0] === 'IPv6' ? 'fd00:10:244::/56' : '10.244.0.0/16',
  };
}

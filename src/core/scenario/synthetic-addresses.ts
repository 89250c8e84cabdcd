import { fullName } from '../model/pod-name.ts';
import type { IpFamily } from '../model/protocol.ts';
import type { Addresses } from './placeholders.ts';
import type { Scenario } from './scenario.ts';

/**
 * Addresses for planning without a cluster: every pod gets one of each family, all in one small range. A range wider
 * than an address may hold other pods in a real cluster than it does here.
 */
export function syntheticAddresses({ pods }: Pick<Scenario, 'pods'>, families: readonly IpFamily[]): Addresses {
  const address = (family: IpFamily, index: number): string =>
    family === 'IPv4' ? `10.244.${index >> 7}.${(index % 128) + 10}` : `fd00:10:244::${(index + 10).toString(16)}`;
  return {
    pods: new Map(pods.map((pod, index) => [fullName(pod), families.map((family) => address(family, index))])),
    podCidr: families[0] === 'IPv6' ? 'fd00:10:244::/56' : '10.244.0.0/16',
  };
}

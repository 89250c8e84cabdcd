import { addressBits, familyOf } from '../model/address.ts';
import { type Cidr, cidrContains, parseCidr } from '../model/cidr.ts';
import { rangeOf } from './placeholders.ts';

/**
 * What `${podCIDR}` stands for: the smallest range with all of what the cluster tells of its pods' addresses (`told`, CIDRs) and
 * with these pods' own; of IPv4 where there is any. Undefined where nothing is known.
 */
export function podRange(told: readonly string[], addresses: readonly string[]): string | undefined {
  const ranges = [...told, ...addresses.map((address) => `${address}/${addressBits(familyOf(address))}`)].flatMap(
    (text) => {
      const cidr = parseCidr(text);
      return cidr === undefined ? [] : [{ text, cidr }];
    },
  );
  const ofIpv4 = ranges.filter(({ cidr }) => cidr.base.family === 'IPv4');
  const [first, ...others] = ofIpv4.length > 0 ? ofIpv4 : ranges;
  if (first === undefined) return undefined;
  const prefix = others.reduce((so, { cidr }) => commonPrefix({ ...first.cidr, prefix: so }, cidr), first.cidr.prefix);
  return rangeOf(`${first.text.split('/')[0]}/${prefix}`);
}

/** The longest prefix of the first range with which it holds the second. */
function commonPrefix(range: Cidr, { base, prefix }: Cidr): number {
  let length = Math.min(range.prefix, prefix);
  while (!cidrContains({ ...range, prefix: length }, base)) length -= 1;
  return length;
}

import ipaddr from 'ipaddr.js';
import { addressBits } from '../model/address.ts';
import type { SeenAddress } from './tier.ts';

/** Prints an address as people write it, e.g. `10.0.0.1`, `2001:db8::1`; `an unknown IPv4 address`. */
export function addressText({ family, value }: SeenAddress): string {
  if (value === undefined) return `an unknown ${family} address`;
  const size = addressBits(family) / 8;
  const bytes = Array.from({ length: size }, (_, i) => Number((value >> BigInt(8 * (size - 1 - i))) & 0xffn));
  return ipaddr.fromByteArray(bytes).toString();
}

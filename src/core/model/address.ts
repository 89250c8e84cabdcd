import ipaddr from 'ipaddr.js';
import type { IpFamily } from './protocol.ts';

/** An IP address as a number, so that ranges are comparisons. IPv4-mapped IPv6 addresses are IPv4, as in Kubernetes. */
export interface Address {
  readonly family: IpFamily;
  readonly value: bigint;
}

/** The family of an address that is known to be one, such as those in an object's status. */
export function familyOf(address: string): IpFamily {
  return address.includes(':') ? 'IPv6' : 'IPv4';
}

/** Bits of an address of a family. */
export function addressBits(family: IpFamily): 32 | 128 {
  return family === 'IPv4' ? 32 : 128;
}

const OCTET = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const DOTTED = `${OCTET}(?:\\.${OCTET}){3}`;
const STRICT_IPV4 = new RegExp(`^${DOTTED}$`);
const STRICT_IPV6 = new RegExp(`^[0-9A-Fa-f:]*:(?:[0-9A-Fa-f]*|${DOTTED})$`);

/**
 * Reads an address as the API server does: four decimal octets without leading zeros, or IPv6 without a zone.
 * Undefined for anything else, also for what IP libraries take for an address (`10.1`, `010.0.0.1`, `0x0a000001`).
 */
export function parseAddress(text: string): Address | undefined {
  if (STRICT_IPV4.test(text)) return { family: 'IPv4', value: toNumber(text.split('.').map(Number)) };
  if (!STRICT_IPV6.test(text)) return undefined;
  const plain = withoutDots(text);
  if (!ipaddr.IPv6.isValid(plain)) return undefined;
  const address = ipaddr.IPv6.parse(plain);
  if (address.isIPv4MappedAddress()) return { family: 'IPv4', value: toNumber(address.toIPv4Address().toByteArray()) };
  return { family: 'IPv6', value: toNumber(address.toByteArray()) };
}

/** Writes an IPv4 tail (`::ffff:10.0.0.1`) as groups: the library takes every such address for an IPv4-mapped one. */
function withoutDots(text: string): string {
  return text.replace(/([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)/, (_, a, b, c, d) => {
    const group = (high: string, low: string) => (Number(high) * 256 + Number(low)).toString(16);
    return `${group(a, b)}:${group(c, d)}`;
  });
}

function toNumber(bytes: readonly number[]): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

import { type Address, addressBits, parseAddress } from './address.ts';

/** A range of addresses in CIDR notation; bits beyond the prefix are cleared. */
export interface Cidr {
  /** The lowest address of the range. */
  readonly base: Address;
  readonly prefix: number;
  /** The text had bits set beyond the prefix (`10.0.0.5/8`): API servers refuse that since 1.36. */
  readonly hostBits: boolean;
  /** The text was an IPv4-mapped IPv6 range (`::ffff:10.0.0.0/104`): API servers refuse that since 1.36. */
  readonly mapped: boolean;
}

/** Reads a CIDR; undefined where the text is none. Host bits are allowed and cleared. */
export function parseCidr(text: string): Cidr | undefined {
  if (!/^[^/]+\/(?:0|[1-9][0-9]{0,2})$/.test(text)) return undefined;
  const [addressText, prefixText] = text.split('/') as [string, string];
  const address = parseAddress(addressText);
  if (address === undefined) return undefined;
  const mapped = address.family === 'IPv4' && addressText.includes(':');
  const prefix = Number(prefixText) - (mapped ? 96 : 0);
  const bits = addressBits(address.family);
  if (prefix < 0 || prefix > bits) return undefined;
  const shift = BigInt(bits - prefix);
  const value = (address.value >> shift) << shift;
  return { base: { family: address.family, value }, prefix, hostBits: value !== address.value, mapped };
}

/** Whether the range holds the address. A range of one family holds no address of the other. */
export function cidrContains(cidr: Cidr, address: Address): boolean {
  const shift = BigInt(addressBits(cidr.base.family) - cidr.prefix);
  return cidr.base.family === address.family && cidr.base.value >> shift === address.value >> shift;
}

import ipaddr from 'ipaddr.js';
import { familyOf } from '../model/address.ts';
import { parseCidr } from '../model/cidr.ts';
import type { Json } from './scenario.ts';

/** The addresses that placeholders in policies stand for. */
export interface Addresses {
  /** Addresses of each pod, by its logical name `namespace/name` (API: `status.podIPs`), and of each host outside. */
  readonly pods: ReadonlyMap<string, readonly string[]>;
  /** Range of the pod addresses, `${podCIDR}`; absent while unknown. */
  readonly podCidr?: string;
}

const PLACEHOLDER = /\$\{(?:(?<kind>ip|cidr):(?<pod>[^/}]+\/[^/}]+)(?:\/(?<length>\d{1,3}))?|podCIDR)\}/g;

/** A placeholder as it stands in a text, with the pod that it names. */
export interface Placeholder {
  readonly text: string;
  readonly pod: string | undefined;
}

/** The placeholders of a text; any other `${…}` is plain text. */
export function placeholdersIn(text: string): readonly Placeholder[] {
  return [...text.matchAll(PLACEHOLDER)].map((match) => ({ text: match[0], pod: match.groups?.pod }));
}

/**
 * Puts addresses in the place of `${ip:x/a}` (the pod's IPv4 address, or its first where it has none), `${cidr:x/a/24}` (the
 * range of that prefix length that holds it) and `${podCIDR}`. One that is not known stays as it is.
 */
export function fillPlaceholders(text: string, addresses: Addresses): string {
  return text.replaceAll(PLACEHOLDER, (whole, kind, pod, length) => addressFor(addresses, kind, pod, length) ?? whole);
}

/** The same in every text of a JSON value; keys stay as they are. */
export function fillTree<T extends Json>(value: T, addresses: Addresses): T;
export function fillTree(value: Json, addresses: Addresses): Json {
  if (typeof value === 'string') return fillPlaceholders(value, addresses);
  if (Array.isArray(value)) return value.map((item: Json) => fillTree(item, addresses));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, fillTree(field, addresses)]));
}

function addressFor({ pods, podCidr }: Addresses, kind?: string, pod = '', length?: string): string | undefined {
  if (kind === undefined) return podCidr;
  const ips = pods.get(pod) ?? [];
  const address = ips.find((ip) => familyOf(ip) === 'IPv4') ?? ips[0];
  if (address === undefined || (kind === 'ip') === (length !== undefined)) return undefined;
  return length === undefined ? address : rangeOf(`${address}/${length}`);
}

/** The CIDR without bits beyond its prefix; undefined where the prefix is longer than the address. */
export function rangeOf(cidr: string): string | undefined {
  const parsed = parseCidr(cidr);
  if (parsed === undefined) return undefined;
  const kind = parsed.base.family === 'IPv4' ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${kind.networkAddressFromCIDR(cidr)}/${parsed.prefix}`;
}

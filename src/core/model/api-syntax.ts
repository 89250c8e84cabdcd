import { parseCidr } from './cidr.ts';

/** Says what was expected of a text that breaks a rule of the Kubernetes API; undefined when it keeps it. */
export type TextRule = (text: string) => string | undefined;

const NAME_PART = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** A namespace's name: a DNS label (RFC 1123). */
export const dnsLabel: TextRule = (text) =>
  text.length <= 63 && DNS_LABEL.test(text)
    ? undefined
    : 'a lower-case DNS label (at most 63 of a-z, 0-9 and -, first and last alphanumeric)';

/** A policy's name: DNS labels joined by dots. */
export const dnsSubdomain: TextRule = (text) =>
  text.length <= 253 && text.split('.').every((part) => DNS_LABEL.test(part))
    ? undefined
    : 'a lower-case DNS name (at most 253 of a-z, 0-9, - and ., each part first and last alphanumeric)';

/** A label's key: an optional DNS name and `/`, then at most 63 characters. */
export const labelKey: TextRule = (text) => {
  const parts = text.split('/');
  const name = parts.at(-1) ?? '';
  const prefixed = parts.length === 2 && dnsSubdomain(parts[0] ?? '') === undefined;
  return (parts.length === 1 || prefixed) && name.length <= 63 && NAME_PART.test(name)
    ? undefined
    : 'a label key ([DNS name/]name, name at most 63 of letters, digits, -, _ and ., first and last alphanumeric)';
};

/** A label's value: empty, or like the name part of a key. */
export const labelValue: TextRule = (text) =>
  text === '' || (text.length <= 63 && NAME_PART.test(text))
    ? undefined
    : 'a label value (empty, or at most 63 of letters, digits, -, _ and ., first and last alphanumeric)';

/** A container port's name (RFC 6335). */
export const portName: TextRule = (text) =>
  text.length <= 15 && /^[-a-z0-9]+$/.test(text) && /[a-z]/.test(text) && !/--|^-|-$/.test(text)
    ? undefined
    : 'a port name (at most 15 of a-z, 0-9 and single -, at least one letter, first and last alphanumeric)';

/** A range of addresses, as API servers since 1.36 take it: nothing beyond the prefix, no IPv4-mapped IPv6. */
export const strictCidr: TextRule = (text) => {
  const cidr = parseCidr(text);
  if (cidr === undefined) return 'a CIDR (for example 10.9.8.0/24 or 2001:db8::/64)';
  if (cidr.mapped) return 'a CIDR that is not an IPv4-mapped IPv6 range';
  return cidr.hostBits ? 'a CIDR without bits set beyond its prefix length' : undefined;
};

/** A range of addresses as a cluster may hold it from before 1.36. */
export const storedCidr: TextRule = (text) =>
  parseCidr(withoutLeadingZeros(text)) === undefined ? strictCidr(text) : undefined;

/**
 * A CIDR that a cluster holds from before 1.36, as API servers since then read it: with zeros before the numbers of an
 * IPv4 address and before the prefix length (`010.0.0.0/08` is `10.0.0.0/8`).
 */
export function withoutLeadingZeros(cidr: string): string {
  const plain = cidr.replace(/\/0+(?=[0-9])/, '/');
  return /^[^/]*\./.test(plain) ? plain.replace(/(^|[.:])0+(?=[0-9]+(?:[./]|$))/g, '$1') : plain;
}

/** An annotation's key: a label's, in any case. */
export const annotationKey: TextRule = (text) =>
  labelKey(text.toLowerCase())?.replace('a label key', 'an annotation key');

const STANDARD_FINALIZERS = ['kubernetes', 'orphan', 'foregroundDeletion'];

/** A finalizer's name: a label key with a prefix, or one of the API's own. */
export const finalizerName: TextRule = (text) =>
  STANDARD_FINALIZERS.includes(text) || (text.includes('/') && labelKey(text) === undefined)
    ? undefined
    : `a finalizer (DNS name/name, or ${STANDARD_FINALIZERS.join(', ')})`;

/** A time as the API writes it (RFC 3339). */
export const timestamp: TextRule = (text) =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(Date.parse(text))
    ? undefined
    : 'a time (for example 2026-01-31T12:00:00Z)';

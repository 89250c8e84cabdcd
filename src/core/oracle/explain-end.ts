import { fullName } from '../model/pod-name.ts';
import { addressText } from './address-text.ts';
import { type End, isPodEnd } from './connection.ts';
import type { SeenAddress } from './tier.ts';

/** Names an end: a pod, a node, an address; `seen` is the address that is spoken of where the end has none. */
export function endText(end: End, seen?: SeenAddress): string {
  if (isPodEnd(end)) return fullName(end.pod);
  if (end.node !== undefined) return `node ${end.node}`;
  return end.address ?? (seen === undefined ? 'an unknown address' : addressText(seen));
}

import { type Address, parseAddress } from '../model/address.ts';
import type { Pod } from '../model/pod.ts';
import type { IpFamily } from '../model/protocol.ts';
import { type Connection, type End, isPodEnd } from './connection.ts';
import type { SeenAddress } from './tier.ts';

/** The addresses that a connection uses. */
export interface SeenAddresses {
  readonly from: SeenAddress;
  readonly to: SeenAddress;
  /** The address that was dialled, where it is another than the destination's. */
  readonly dialled: SeenAddress | undefined;
}

/** The addresses of a connection that uses a family. */
export function seenAddresses({ from, to, dialled }: Connection, family: IpFamily): SeenAddresses {
  return {
    from: ofFamily(addressesOf(from), family),
    to: ofFamily(addressesOf(to), family),
    dialled: dialled && ofFamily(addressesOf(dialled), family),
  };
}

/** The first address of a family; its value is undefined where there is none. */
export function ofFamily(addresses: readonly Address[], family: IpFamily): SeenAddress {
  return addresses.find((address) => address.family === family) ?? { family, value: undefined };
}

/** Addresses of pods, read once: every verdict asks for them several times. */
const ofPods = new WeakMap<Pod, readonly Address[]>();

/** The addresses of an end that are known. */
export function addressesOf(end: End): readonly Address[] {
  if (!isPodEnd(end)) return parsed([end.address ?? '', ...(end.otherAddresses ?? [])]);
  const known = ofPods.get(end.pod) ?? parsed(end.pod.ips);
  ofPods.set(end.pod, known);
  return known;
}

function parsed(texts: readonly string[]): readonly Address[] {
  return texts.map(parseAddress).filter((address) => address !== undefined);
}

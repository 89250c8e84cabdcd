import { type Address, parseAddress } from '../model/address.ts';
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

/** The addresses of an end that are known. */
export function addressesOf(end: End): readonly Address[] {
  const texts = isPodEnd(end) ? end.pod.ips : [end.address, ...(end.otherAddresses ?? [])];
  return texts.map((text) => parseAddress(text ?? '')).filter((address) => address !== undefined);
}

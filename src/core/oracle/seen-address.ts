import { parseAddress } from '../model/address.ts';
import type { IpFamily } from '../model/protocol.ts';
import { type Connection, type End, isPodEnd } from './connection.ts';
import type { SeenAddress } from './tier.ts';

/** The family that the connection uses: as stated, or the first that its destination has and its source too. */
export function familyOf({ family, from, to }: Connection): IpFamily {
  if (family !== undefined) return family;
  const ofSource = familiesOf(from);
  const ofDestination = familiesOf(to);
  const common = ofDestination.find((each) => ofSource.includes(each));
  return common ?? ofDestination[0] ?? ofSource[0] ?? 'IPv4';
}

/** The end's address of a family; its value is undefined while unknown. */
export function addressOf(end: End, family: IpFamily): SeenAddress {
  const known = addressesOf(end).find((address) => address?.family === family);
  return known ?? { family, value: undefined };
}

function familiesOf(end: End): readonly IpFamily[] {
  return addressesOf(end).map(({ family }) => family);
}

function addressesOf(end: End) {
  const texts = isPodEnd(end) ? end.pod.ips : end.address === undefined ? [] : [end.address];
  return texts.map(parseAddress).filter((address) => address !== undefined);
}

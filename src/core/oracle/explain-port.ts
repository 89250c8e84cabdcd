import { fullName } from '../model/pod-name.ts';
import type { PolicyPort } from '../model/policy.ts';
import type { PartCheck } from './explain-peer.ts';
import { portAdmits } from './reference.ts';
import type { Query } from './tier.ts';

/** Explains one item of `ports`. */
export function explainPort(item: PolicyPort, query: Query): PartCheck {
  const { protocol = 'TCP', port, endPort } = item;
  const number = port === undefined ? 'any port' : `port ${port}${endPort === undefined ? '' : `-${endPort}`}`;
  const matches = portAdmits(item, query);
  const wrongProtocol = protocol !== query.protocol;
  const unlikePort = !portAdmits({ ...item, protocol: query.protocol }, query);
  return {
    matches,
    asks: `${number}/${protocol}`,
    finds: matches ? `${query.port}/${query.protocol} is that` : portMiss(item, query),
    misses: (wrongProtocol ? 1 : 0) + (unlikePort ? 1 : 0),
  };
}

function portMiss({ protocol = 'TCP', port }: PolicyPort, query: Query): string {
  const dialled = `the port is ${query.port}/${query.protocol}`;
  if (typeof port !== 'string') return dialled;
  const { destination } = query;
  if (destination === undefined) return `${dialled} and the destination is no pod, so it names no port`;
  const named = destination.ports.filter((each) => each.name === port && each.protocol === protocol);
  const numbers = named.map((each) => `${each.port}/${each.protocol}`);
  const owner = fullName(destination);
  if (destination.portsUnknown) return `${dialled} and the ports of ${owner} are not known`;
  return numbers.length === 0
    ? `${dialled} and ${owner} has no ${protocol} port named ${port}`
    : `${dialled} and ${port} of ${owner} is ${numbers.join(', ')}`;
}

import { portAdmits } from '../../../../src/core/oracle/reference.ts';
import type { Fault } from '../fault.ts';
import { policiesAs, portsAs, rulesAs, stopsAt } from '../policy-edits.ts';
import { allRules } from '../questions.ts';

const isName = (port: unknown): port is string => typeof port === 'string';

/** Faults of plugins in the ports of rules. */
export const PORT_FAULTS: readonly Fault[] = [
  {
    id: 'B33',
    what: 'a name for outgoing traffic is the number of the first pod that has it',
    reads: ({ pods }) => ({
      portAdmits: (port, query) => {
        if (!isName(port.port) || query.direction === 'Ingress') return portAdmits(port, query);
        const { protocol = 'TCP' } = port;
        const first = pods
          .flatMap((pod) => pod.ports)
          .find((each) => each.name === port.port && each.protocol === protocol);
        return query.protocol === protocol && query.port === first?.port;
      },
    }),
  },
  {
    id: 'B34',
    what: 'a name opens every port of its protocol',
    sees: portsAs((ports) => ports.map(({ port, ...rest }) => (isName(port) ? rest : { port: port ?? 0, ...rest }))),
  },
  {
    id: 'B36',
    what: 'a name for any destination matches none',
    sees: rulesAs((rules, direction) =>
      rules.filter(
        ({ peers = [], ports = [] }) =>
          direction === 'Ingress' || peers.length > 0 || !ports.some(({ port }) => isName(port)),
      ),
    ),
  },
  {
    id: 'B37',
    what: 'an empty item beside a number is lost',
    sees: portsAs((ports) =>
      ports.some(({ port }) => port !== undefined) ? ports.filter(({ port }) => port !== undefined) : ports,
    ),
  },
  {
    id: 'B38',
    what: 'names that a container other than the first gives are not known',
    reads: () => ({
      portAdmits: (port, query) =>
        portAdmits(port, query) && !(isName(port.port) && query.destination?.ports[0]?.name !== port.port),
    }),
  },
  { id: 'B40', what: 'endPort is ignored', sees: portsAs((ports) => ports.map(({ endPort: _, ...port }) => port)) },
  {
    id: 'B41',
    what: 'a name opens its number in every protocol',
    reads: () => ({
      portAdmits: (port, query) =>
        portAdmits(port, query) ||
        (isName(port.port) &&
          (query.destination?.ports ?? []).some(
            ({ name, port: number }) => name === port.port && number === query.port,
          )),
    }),
  },
  {
    id: 'B42',
    what: 'a name for outgoing traffic is looked for on the source side',
    reads: () => ({
      portAdmits: (port, query) => !(isName(port.port) && query.direction === 'Egress') && portAdmits(port, query),
    }),
  },
  {
    id: 'B44',
    what: 'a name is known for one pod only',
    reads: ({ pods }) => ({
      portAdmits: (port, query) => {
        const owner = pods.findLast(({ ports }) => ports.some(({ name }) => name === port.port));
        return portAdmits(port, query) && (!isName(port.port) || owner?.ips[0] === query.destination?.ips[0]);
      },
    }),
  },
  {
    id: 'B45',
    what: 'a protocol without a port ends the enforcement of every policy',
    sees: (actual) => (actual.policies.some(hasBareProtocol) ? { ...actual, policies: [] } : actual),
  },
  {
    id: 'B46',
    what: 'a protocol without a port ends the enforcement of later policies',
    sees: stopsAt(hasBareProtocol),
  },
  {
    id: 'B147',
    what: 'a rule of more than forty ports is refused with its policy',
    sees: policiesAs((policy) => (allRules(policy).some(({ ports = [] }) => ports.length > 40) ? undefined : policy)),
  },
];

function hasBareProtocol(policy: Parameters<typeof allRules>[0]): boolean {
  return allRules(policy).some(({ ports = [] }) =>
    ports.some(({ port, protocol }) => protocol !== undefined && port === undefined),
  );
}

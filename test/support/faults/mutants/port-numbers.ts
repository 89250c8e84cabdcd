import type { NetworkPolicy, PolicyPort } from '../../../../src/core/model/policy.ts';
import { portAdmits } from '../../../../src/core/oracle/reference.ts';
import type { Fault } from '../fault.ts';
import { portsAs } from '../policy-edits.ts';
import { allRules, goneSince } from '../questions.ts';

/** A range of ports by its ends. */
type Range = readonly [first: number, last: number];

const isName = ({ port }: PolicyPort): boolean => typeof port === 'string';

/** The ranges of a policy that have more than one port. */
function rangesOf(policy: NetworkPolicy): readonly Range[] {
  return allRules(policy)
    .flatMap(({ ports = [] }) => ports)
    .flatMap(({ port, endPort }): readonly Range[] =>
      typeof port === 'number' && endPort !== undefined ? [[port, endPort]] : [],
    );
}

/** Single numbers compared by another rule; names and ranges as the API says. */
const comparing = (id: string, what: string, same: (a: number, b: number) => boolean): Fault => ({
  id,
  what,
  reads: () => ({
    portAdmits: (item, query) => {
      const { protocol = 'TCP', port, endPort } = item;
      if (typeof port !== 'number' || endPort !== undefined) return portAdmits(item, query);
      return protocol === query.protocol && same(port, query.port);
    },
  }),
});

/** Made-up ways of going wrong with numbers of ports and their ranges. */
export const PORT_NUMBER_MUTANTS: readonly Fault[] = [
  comparing('ports-low-byte', 'ports are compared by their low byte', (a, b) => (a & 255) === (b & 255)),
  comparing('ports-signed', 'ports from 32768 on match none', (a, b) => a === b && a < 32_768),
  comparing('ports-above', 'a port from 32768 on is every port from there on', (a, b) => a === b || (a & b) >= 32_768),
  {
    id: 'high-ports-out',
    what: 'ports of destinations from 32768 on are not enforced',
    reads: () => ({ before: ({ direction, port }) => (direction === 'Egress' && port >= 32_768 ? true : undefined) }),
  },
  {
    id: 'end-beside-name',
    what: 'endPort is ignored in a list with a name',
    sees: portsAs((ports) => (ports.some(isName) ? ports.map(({ endPort: _, ...port }) => port) : ports)),
  },
  {
    id: 'ranges-of-five-hundred',
    what: 'a range that is longer than five hundred ports, but not to the last of all, is cut there',
    sees: portsAs((ports) =>
      ports.map((port) => {
        const most = Number(port.port) + 500;
        return port.endPort !== undefined && port.endPort < 65_535 && port.endPort > most
          ? { ...port, endPort: most }
          : port;
      }),
    ),
  },
  {
    id: 'overlap-deleted',
    what: 'with a policy goes what its ranges of ports have in common with those of another',
    sees: (actual, { actual: before, notes }) => {
      const gone = goneSince(before, actual).flatMap(rangesOf);
      if (gone.length > 0) {
        notes.clear();
        for (const range of gone) notes.add(JSON.stringify(range));
      }
      return actual;
    },
    reads: (_seen, notes) => ({
      portAdmits: (port, query) => {
        const goes = [...notes].map((note) => JSON.parse(note) as Range);
        return (
          portAdmits(port, query) &&
          !(port.endPort !== undefined && goes.some(([first, last]) => query.port >= first && query.port <= last))
        );
      },
    }),
  },
];

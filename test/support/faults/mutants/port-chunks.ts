import type { PolicyPort } from '../../../../src/core/model/policy.ts';
import type { Fault } from '../fault.ts';
import { portsAs } from '../policy-edits.ts';

/** A packet filter's match takes so many ports. */
const CHUNK = 15;

const protocolOf = ({ protocol = 'TCP' }: PolicyPort): string => protocol;

/** A single port by its number, in a list without ranges of its protocol. */
const isSingle = (item: PolicyPort): item is PolicyPort & { readonly port: number } =>
  typeof item.port === 'number' && item.endPort === undefined;

/** Takes each protocol's items of a list for others. */
const eachProtocol = (change: (ports: readonly PolicyPort[]) => readonly PolicyPort[]): ReturnType<typeof portsAs> =>
  portsAs((ports) => [...Map.groupBy(ports, protocolOf).values()].flatMap(change));

/** Made-up ways of putting the ports of a list together, or of taking it apart. */
export const PORT_CHUNK_MUTANTS: readonly Fault[] = [
  {
    id: 'last-chunk-of-one',
    what: 'of ports that are taken fifteen at a time the one that is left over is lost',
    sees: eachProtocol((ports) =>
      ports.length > 1 && ports.length % CHUNK === 1 && ports.every(isSingle) ? ports.slice(0, -1) : ports,
    ),
  },
  {
    id: 'full-last-chunk',
    what: 'of ports that are taken fifteen at a time a last part that is full is lost',
    sees: eachProtocol((ports) => (ports.length % CHUNK === 0 ? ports.slice(0, -CHUNK) : ports)),
  },
  {
    id: 'chunks-of-tcp',
    what: 'ports of UDP from the sixteenth on are read as ports of TCP',
    sees: eachProtocol((ports) =>
      ports.map((item, index) => (index >= CHUNK && item.protocol === 'UDP' ? { ...item, protocol: 'TCP' } : item)),
    ),
  },
  {
    id: 'range-cut-by-port',
    what: 'a range ends at a single port that lies in it',
    sees: eachProtocol((ports) =>
      ports.map((item) => {
        const { port, endPort } = item;
        if (typeof port !== 'number' || endPort === undefined) return item;
        const inside = ports.filter(isSingle).map((each) => each.port);
        return { ...item, endPort: Math.min(endPort, ...inside.filter((each) => each > port && each < endPort)) };
      }),
    ),
  },
  {
    id: 'range-in-range',
    what: 'of a range in another the outer one is lost',
    sees: eachProtocol((ports) =>
      ports.filter(
        (outer) =>
          outer.endPort === undefined ||
          !ports.some(
            (inner) =>
              inner !== outer &&
              Number(inner.port) > Number(outer.port) &&
              Number(inner.endPort) < Number(outer.endPort),
          ),
      ),
    ),
  },
  {
    id: 'gap-of-one',
    what: 'a single port between two of a list is taken for one of them',
    sees: eachProtocol((ports) =>
      ports.map((item) => {
        const next = isSingle(item) ? item.port + 2 : undefined;
        return ports.some((each) => isSingle(each) && each.port === next)
          ? { ...item, endPort: Number(item.port) + 1 }
          : item;
      }),
    ),
  },
];

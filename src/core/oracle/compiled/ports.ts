import type { Pod } from '../../model/pod.ts';
import type { PolicyPort } from '../../model/policy.ts';
import type { Protocol } from '../../model/protocol.ts';
import { type Interval, type Intervals, inIntervals, mergeIntervals } from './intervals.ts';

/** The `ports` of a rule as ranges of numbers and a set of names for each protocol; undefined: every port. */
export type CompiledPorts =
  | ReadonlyMap<Protocol, { readonly numbers: Intervals<number>; readonly names: ReadonlySet<string> }>
  | undefined;

const EVERY: Interval<number> = { low: 0, high: 65535 };

/** Compiles the `ports` of a rule. */
export function compilePorts(ports: readonly PolicyPort[] = []): CompiledPorts {
  if (ports.length === 0) return undefined;
  const byProtocol = Map.groupBy(ports, ({ protocol = 'TCP' }) => protocol);
  return new Map(
    [...byProtocol].map(([protocol, items]) => {
      const names = items.map(({ port }) => port).filter((port) => typeof port === 'string');
      return [protocol, { numbers: mergeIntervals(items.flatMap(rangeOf)), names: new Set(names) }];
    }),
  );
}

function rangeOf({ port, endPort }: PolicyPort): Intervals<number> {
  if (port === undefined) return [EVERY];
  return typeof port === 'number' ? [{ low: port, high: endPort ?? port }] : [];
}

/** Whether the rule admits a port by its number. */
export function admitsNumber(ports: CompiledPorts, port: number, protocol: Protocol): boolean {
  if (ports === undefined) return true;
  const own = ports.get(protocol);
  return own !== undefined && inIntervals(own.numbers, port);
}

/** Whether the rule admits a port by a name that the destination gives it. */
export function admitsName(
  ports: CompiledPorts,
  destination: Pod | undefined,
  port: number,
  protocol: Protocol,
): boolean {
  const names = ports?.get(protocol)?.names;
  if (names === undefined || names.size === 0 || destination === undefined) return false;
  return destination.ports.some(
    (each) => each.port === port && each.protocol === protocol && each.name !== undefined && names.has(each.name),
  );
}

import type { PolicyPort } from '../model/policy.ts';
import type { Protocol } from '../model/protocol.ts';
import type { Oracle } from './oracle.ts';
import type { AskedPort } from './reachability.ts';

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/**
 * The ports that the states tell apart: those that pods declare, those that policies name (of a range its first and
 * last), and ones that are named nowhere and stand for all others.
 */
export function tellingPorts(oracles: readonly Oracle[]): readonly AskedPort[] {
  const items = policyPorts(oracles);
  const named = PROTOCOLS.map((protocol) => ({ protocol, ranges: rangesOf(oracles, items, protocol) }));
  const listed = named.flatMap(({ protocol, ranges }) => pointsOf(ranges).map((port) => ({ port, protocol })));
  return [...listed, ...otherPorts(named, items)];
}

/** Says what a port stands for: `80/TCP`, `any other port`, `any other UDP, SCTP port`. */
export function portText({ port, protocol, others = [] }: AskedPort): string {
  if (others.length === 0) return `${port}/${protocol}`;
  return others.length === PROTOCOLS.length ? 'any other port' : `any other ${others.join(', ')} port`;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

interface Named {
  readonly protocol: Protocol;
  readonly ranges: readonly Range[];
}

function policyPorts(oracles: readonly Oracle[]): readonly PolicyPort[] {
  return oracles.flatMap(({ policies }) =>
    policies.flatMap(({ spec }) =>
      [...(spec.ingress ?? []), ...(spec.egress ?? [])].flatMap(({ ports = [] }) => ports),
    ),
  );
}

function rangesOf(oracles: readonly Oracle[], items: readonly PolicyPort[], protocol: Protocol): readonly Range[] {
  const declared = oracles.flatMap((oracle) => oracle.pods().flatMap(({ ports }) => ports));
  return [
    ...declared.filter((each) => each.protocol === protocol).map(({ port }) => ({ low: port, high: port })),
    ...items
      .filter((each) => (each.protocol ?? 'TCP') === protocol)
      .flatMap(({ port, endPort }) => (typeof port === 'number' ? [{ low: port, high: endPort ?? port }] : [])),
  ];
}

/** The ends of the ranges, and where one goes on beyond the end of another. */
function pointsOf(ranges: readonly Range[]): readonly number[] {
  const beyond = ranges
    .map(({ high }) => high + 1)
    .filter((port) => ranges.some(({ low, high }) => low <= port && port <= high));
  const points = new Set([...ranges.flatMap(({ low, high }) => [low, high]), ...beyond]);
  return [...points].sort((a, b) => a - b);
}

/** A port in no range for each kind of protocol: policies treat those alike that none admits as a whole. */
function otherPorts(named: readonly Named[], items: readonly PolicyPort[]): readonly AskedPort[] {
  const free = named.flatMap(({ protocol, ranges }) => {
    const port = highestOutside(ranges);
    return port === undefined ? [] : [{ port, protocol }];
  });
  const whole = new Set(items.filter(({ port }) => port === undefined).map(({ protocol = 'TCP' }) => protocol));
  const kinds = Map.groupBy(free, ({ protocol }) => (whole.has(protocol) ? protocol : undefined));
  return [...kinds.values()].flatMap((alike) =>
    alike.slice(0, 1).map((first) => ({ ...first, others: alike.map(({ protocol }) => protocol) })),
  );
}

function highestOutside(ranges: readonly Range[]): number | undefined {
  let port = 65535;
  for (const { low, high } of ranges.toSorted((a, b) => b.high - a.high)) {
    if (high < port) break;
    port = Math.min(port, low - 1);
  }
  return port > 0 ? port : undefined;
}

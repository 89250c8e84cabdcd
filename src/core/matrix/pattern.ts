import type { Protocol } from '../model/protocol.ts';
import type { Cell, Path, ProbeMethod } from './cell.ts';

/** Every way of addressing, as patterns and scenarios name them. */
export const PATHS: readonly Path[] = [
  'pod-ip',
  'cluster-ip',
  'dns',
  'node-port',
  'host-port',
  'node',
  'outside',
  'kubelet',
];

/** A set of cells as scenarios write it: what is left out matches everything. */
export interface CellPattern {
  /** `namespace/name`; `*` stands for any text inside a part, alone for every name. Several are separated by commas. */
  readonly from: string;
  readonly to: string;
  readonly port: number | undefined;
  readonly protocol: Protocol | undefined;
  readonly path: Path | undefined;
  readonly method: ProbeMethod | undefined;
}

/** How a pattern is written, for messages. */
export const PATTERN_FORM =
  'FROM->TO[:PORT[/PROTOCOL]][ via PATH], each name as NAMESPACE/NAME or *, several with commas';

const NAME = String.raw`[^\s:>]+?`;
const PATTERN = new RegExp(
  String.raw`^\s*(?<from>${NAME})\s*->\s*(?<to>${NAME})` +
    String.raw`(?::(?:(?<port>\d{1,5})|\*)(?:/(?<protocol>TCP|UDP|SCTP))?)?` +
    String.raw`(?:\s+via\s+(?<path>${PATHS.join('|')}))?` +
    String.raw`(?:\s+\((?<method>agent|wget|kubelet)\))?\s*$`,
);
const NAME_PARTS = /^(?:\*|[a-z0-9*.-]+\/[a-z0-9*.-]+)(?:,(?:\*|[a-z0-9*.-]+\/[a-z0-9*.-]+))*$/;

/**
 * Reads `FROM->TO[:PORT[/PROTOCOL]][ via PATH][ (agent)|(wget)|(kubelet)]`, with `*` for any name, part of a name or port; it
 * speaks of all address families. Undefined where the text is no pattern.
 */
export function parsePattern(text: string): CellPattern | undefined {
  const groups = PATTERN.exec(text)?.groups;
  if (groups === undefined) return undefined;
  const { from = '', to = '', port } = groups;
  if (!NAME_PARTS.test(from) || !NAME_PARTS.test(to)) return undefined;
  return {
    from,
    to,
    port: port === undefined ? undefined : Number(port),
    protocol: groups.protocol as Protocol | undefined,
    path: groups.path as Path | undefined,
    method: groups.method as ProbeMethod | undefined,
  };
}

/** Tells whether cells are the pattern's; to be made once for many cells. */
export function matcherOf({ from, to, port, protocol, path, method }: CellPattern): (cell: Cell) => boolean {
  const isFrom = nameMatcher(from);
  const isTo = nameMatcher(to);
  return (cell) =>
    (port === undefined || port === cell.port) &&
    (protocol === undefined || protocol === cell.protocol) &&
    (path === undefined || path === cell.path) &&
    (method === undefined || method === cell.method) &&
    isFrom(cell.from) &&
    isTo(cell.to);
}

/** Whether a name such as `x/a` is one that `pattern` (`*`, `x/*`, `x/web-*`, `x/a,y/b`) stands for. */
export function matchesName(pattern: string, name: string): boolean {
  return nameMatcher(pattern)(name);
}

function nameMatcher(pattern: string): (name: string) => boolean {
  if (pattern === '*') return () => true;
  const names = pattern.split(',').filter((each) => !each.includes('*'));
  const wild = pattern.split(',').filter((each) => each.includes('*'));
  const expressions = wild.map((each) => new RegExp(`^${sourceOf(each)}$`));
  return (name) => names.includes(name) || expressions.some((expression) => expression.test(name));
}

function sourceOf(pattern: string): string {
  if (pattern === '*') return '.*';
  const parts = pattern.split('*').map((part) => part.replaceAll('.', '\\.'));
  return parts.join('[^/]*');
}

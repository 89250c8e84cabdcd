import type { Cell } from '../core/matrix/cell.ts';
import { legendOf, type MatrixCell, paint, paintSign, signOf } from './symbols.ts';

/** A matrix to print. */
export interface PrintedMatrix {
  /** Line above it; none when absent. */
  readonly title?: string;
  readonly cells: readonly MatrixCell[];
}

/** How to print: columns of the terminal, and whether colours are wanted. */
export interface PrintOptions {
  readonly width: number;
  readonly colour: boolean;
}

/** A destination with its dialled ports: columns that stay together. `width` in characters. */
interface Group {
  readonly to: string;
  readonly ports: readonly string[];
  readonly width: number;
}

const GAP = '   ';
/** Width of the widest sign, `[X]`. */
const SIGN_WIDTH = 3;

/**
 * Prints a matrix as tables, one for each way of addressing: rows are sources, columns destinations with their ports,
 * a legend of the signs below. A table wider than the terminal is broken into several. Ends without a newline.
 */
export function formatMatrix({ title, cells }: PrintedMatrix, options: PrintOptions): string {
  const namespace = commonNamespace(cells.map(({ cell }) => cell));
  const tables = [...Map.groupBy(cells, ({ cell }) => wayOf(cell))].flatMap(([way, members]) => {
    const head = namespace === undefined ? `via ${way}` : `via ${way}, namespace ${namespace}`;
    return [paint('dim', head, options.colour), ...tableOf(members, namespace, options)];
  });
  const legend = legendOf(cells.map(signOf), options.width).map((line) => paint('dim', line, options.colour));
  return [...(title === undefined ? [] : [title]), ...tables, ...legend].join('\n');
}

function tableOf(
  cells: readonly MatrixCell[],
  namespace: string | undefined,
  { width, colour }: PrintOptions,
): string[] {
  const name = (full: string) => (namespace === undefined ? full : full.slice(namespace.length + 1));
  const byPlace = new Map(
    cells.map((member) => [placeOf(member.cell.from, member.cell.to, portOf(member.cell)), member]),
  );
  const sources = [...new Set(cells.map(({ cell }) => cell.from))];
  const rowWidth = Math.max(...sources.map((source) => name(source).length));
  const groups = [...Map.groupBy(cells, ({ cell }) => cell.to)].map(([to, members]) => {
    const ports = [...new Set(members.map(({ cell }) => portOf(cell)))];
    return { to, ports, width: Math.max(name(to).length, blockWidth(ports)) };
  });
  const line = (label: string, blocks: readonly string[]) => [label.padEnd(rowWidth), ...blocks].join(GAP).trimEnd();
  const signs = (from: string, { to, ports, width: groupWidth }: Group) => {
    const block = ports.map((port) => {
      const member = byPlace.get(placeOf(from, to, port));
      return paintSign(centre(member ? signOf(member) : '', columnWidth(port)), colour);
    });
    return inset(block.join(' '), blockWidth(ports), groupWidth);
  };
  return sideBySide(groups, width - rowWidth).flatMap((part) => [
    line(
      '',
      part.map(({ to, width: groupWidth }) => centre(name(to), groupWidth)),
    ),
    line(
      '',
      part.map(({ ports, width: groupWidth }) =>
        centre(ports.map((port) => centre(port, columnWidth(port))).join(' '), groupWidth),
      ),
    ),
    ...sources.map((from) =>
      line(
        name(from),
        part.map((group) => signs(from, group)),
      ),
    ),
  ]);
}

/** Breaks groups into parts that fit side by side; a group alone may be too wide. */
function sideBySide(groups: readonly Group[], width: number): Group[][] {
  const parts: Group[][] = [];
  let used = 0;
  for (const group of groups) {
    const needed = GAP.length + group.width;
    const last = parts.at(-1);
    if (last && used + needed <= width) {
      last.push(group);
      used += needed;
    } else {
      parts.push([group]);
      used = needed;
    }
  }
  return parts;
}

/** How a cell is addressed and probed, if that is not the usual way: `pod-ip`, `dns IPv6, by wget`. */
function wayOf({ path, family, method }: Cell): string {
  return `${path}${family === 'IPv6' ? ' IPv6' : ''}${method === 'wget' ? ', by wget' : ''}`;
}

/** The namespace that all names share. */
function commonNamespace(cells: readonly Cell[]): string | undefined {
  const namespaces = new Set(cells.flatMap(({ from, to }) => [from, to]).map((name) => name.split('/')[0]));
  return namespaces.size === 1 ? [...namespaces][0] : undefined;
}

function portOf({ port, protocol }: Cell): string {
  return protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
}

function placeOf(from: string, to: string, port: string): string {
  return `${from}>${to}:${port}`;
}

function columnWidth(port: string): number {
  return Math.max(port.length, SIGN_WIDTH);
}

function blockWidth(ports: readonly string[]): number {
  return ports.reduce((sum, port) => sum + columnWidth(port), ports.length - 1);
}

function centre(text: string, width: number): string {
  return inset(text, text.length, width);
}

/** Centres a text that takes `visible` characters. */
function inset(text: string, visible: number, width: number): string {
  const left = Math.floor((width - visible) / 2);
  return ' '.repeat(Math.max(0, left)) + text + ' '.repeat(Math.max(0, width - visible - left));
}

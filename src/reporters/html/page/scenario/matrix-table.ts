import type { Cell } from '../../../../core/matrix/cell.ts';
import type { CellResult } from '../../../../core/result/result.ts';

/** A destination with its ports: columns that stay together. */
interface Destination {
  readonly to: string;
  readonly ports: readonly string[];
}

/** One table of a matrix: the cells that are addressed in the same way. */
export interface MatrixTable {
  /** How its cells are addressed: `pod-ip`, `dns IPv6, by wget`. */
  readonly way: string;
  readonly sources: readonly string[];
  readonly destinations: readonly Destination[];
  /** The cell from a source to a port of a destination. */
  readonly at: (from: string, to: string, port: string) => CellResult | undefined;
}

/** The tables of a step's matrix, in the order in which its cells come. */
export function matrixTables(cells: readonly CellResult[]): readonly MatrixTable[] {
  return [...Map.groupBy(cells, wayOf)].map(([way, members]) => {
    const byPlace = new Map(members.map((cell) => [placeOf(cell.from, cell.to, portOf(cell)), cell]));
    return {
      way,
      sources: [...new Set(members.map(({ from }) => from))],
      destinations: [...Map.groupBy(members, ({ to }) => to)].map(([to, own]) => ({
        to,
        ports: [...new Set(own.map(portOf))],
      })),
      at: (from, to, port) => byPlace.get(placeOf(from, to, port)),
    };
  });
}

function wayOf({ path, family, method }: Cell): string {
  return `${path}${family === 'IPv6' ? ' IPv6' : ''}${method === 'wget' ? ', by wget' : ''}`;
}

function portOf({ port, protocol }: Cell): string {
  return protocol === 'TCP' ? String(port) : `${port}/${protocol}`;
}

function placeOf(from: string, to: string, port: string): string {
  return `${from}>${to}:${port}`;
}

import type { CellResult } from '../result.ts';

/** One field of all cells: the value that all have, or one for each. */
type Column = { readonly all: unknown } | { readonly each: readonly unknown[] };

/** The cells of a step by columns: cells repeat one another, and columns compress well. */
export interface PackedCells {
  readonly count: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Turns cells into columns; `unpackCells` gives them back. All cells have the same fields. */
export function packCells(cells: readonly CellResult[]): PackedCells {
  const fields = Object.keys(cells[0] ?? {}) as (keyof CellResult)[];
  return {
    count: cells.length,
    columns: Object.fromEntries(fields.map((field) => [field, columnOf(cells.map((cell) => cell[field]))])),
  };
}

/** The cells that were packed. */
export function unpackCells({ count, columns }: PackedCells): readonly CellResult[] {
  const entries = Object.entries(columns);
  return Array.from({ length: count }, (_, index) => {
    const fields = entries.map(([field, column]) => [field, 'all' in column ? column.all : column.each[index]]);
    return Object.fromEntries(fields) as CellResult;
  });
}

function columnOf(values: readonly unknown[]): Column {
  const [first] = values;
  const same = JSON.stringify(first);
  return values.every((value) => JSON.stringify(value) === same) ? { all: first } : { each: values };
}

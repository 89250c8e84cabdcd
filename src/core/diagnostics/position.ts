/** A place in a file, for messages: `file:line:column`, both counted from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Prints a position as editors and terminals link it. */
export function formatPosition({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

/** The places that a text names in parentheses, as `formatPosition` prints them: `(deny.yaml:7:3)`. */
export function positionsIn(text: string): readonly Position[] {
  return [...text.matchAll(/\(([^()\n]+):(\d+):(\d+)\)/g)].map(([, file = '', line, column]) => ({
    file,
    line: Number(line),
    column: Number(column),
  }));
}

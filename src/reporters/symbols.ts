import { styleText } from 'node:util';
import type { Cell } from '../core/matrix/cell.ts';
import type { Expected } from '../core/matrix/expected.ts';
import type { Outcome } from '../core/matrix/outcome.ts';
import type { CellResult } from '../core/result/result.ts';

/** A cell as a matrix shows it: without `observed` what is expected, with it what was seen. */
export interface MatrixCell {
  readonly cell: Cell;
  readonly expected: Expected;
  readonly observed?: Outcome | null;
  readonly status?: CellResult['status'];
}

const EXPECTED: Readonly<Record<Expected, string>> = { open: '.', closed: 'X', unresolved: 'U', reported: '~' };

const OBSERVED: Readonly<Record<Outcome, string>> = {
  open: '.',
  dropped: 'X',
  refused: 'R',
  misrouted: 'M',
  unresolved: 'U',
  inconclusive: '?',
};

/** What each sign means, in the order of the legend. */
const MEANINGS: readonly (readonly [sign: string, meaning: string])[] = [
  ['.', 'open'],
  ['X', 'closed'],
  ['R', 'refused'],
  ['M', 'somebody else answered'],
  ['U', 'name does not resolve'],
  ['?', 'not known'],
  ['~', 'left open by Kubernetes'],
  ['[ ]', 'not as expected'],
  ['( )', 'seen, not judged'],
];

/** The sign of a cell, at most three characters: `.`, `[X]` (not as expected), `(.)` (not judged), `?`. */
export function signOf({ expected, observed, status }: MatrixCell): string {
  if (status === 'inconclusive') return '?';
  if (observed === undefined || observed === null) return EXPECTED[expected];
  if (status === 'failed') return `[${OBSERVED[observed]}]`;
  return expected === 'reported' ? `(${OBSERVED[observed]})` : OBSERVED[observed];
}

/** Colours a text by the sign that it holds; the sign alone says the same. */
export function paintSign(text: string, colour: boolean): string {
  if (text.includes('[')) return paint(['red', 'bold'], text, colour);
  if (text.includes('?')) return paint(['yellow'], text, colour);
  return text.includes('.') && !text.includes('(') ? paint(['green'], text, colour) : text;
}

/** Styles a text when colours are wanted. */
export function paint(styles: Parameters<typeof styleText>[0], text: string, colour: boolean): string {
  return colour ? styleText(styles, text, { validateStream: false }) : text;
}

/** Explains the signs that occur, and only those: `. open   X closed   [ ] not as expected`, in lines of `width`. */
export function legendOf(signs: readonly string[], width: number): string[] {
  const used = signs.join('');
  const entries = MEANINGS.filter(([sign]) => [...sign].every((char) => char === ' ' || used.includes(char)));
  const lines: string[] = [];
  for (const [sign, meaning] of entries) {
    const entry = `${sign} ${meaning}`;
    const last = lines.pop();
    if (last === undefined) lines.push(entry);
    else if (last.length + 3 + entry.length > width) lines.push(last, entry);
    else lines.push(`${last}   ${entry}`);
  }
  return lines;
}

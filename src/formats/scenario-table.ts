import type { Position } from '../core/diagnostics/position.ts';
import type { Expected } from '../core/matrix/expected.ts';
import type { ExpectationLine } from '../core/scenario/expectation.ts';
import { type Findings, report } from './findings.ts';
import type { YamlNode } from './yaml-node.ts';

const SIGNS: Readonly<Record<string, Expected>> = { '.': 'open', X: 'closed', U: 'unresolved', '~': 'reported' };
const NO_CELL = '-';

interface Word {
  readonly text: string;
  readonly position: Position;
}

/**
 * Reads a full table: destinations with their ports in the first line, after any one word that fills the corner, then a
 * line for each source with a sign for each destination. `lines` are those of the whole file, for columns.
 */
export function readTable(findings: Findings, node: YamlNode, lines: readonly string[]): readonly ExpectationLine[] {
  const [first = [], ...rows] = wordsOf(node, lines);
  const head = first.filter(({ text }, index) => index > 0 || text.includes('/'));
  const complain = (position: Position, expected: string, found: string): void =>
    report(findings, { code: 'scenario-table', path: ['table'], position, expected, found });
  if (head.length === 0 || rows.length === 0) {
    complain(node.position, 'a line of destinations (x/a:80) and a line for each source', 'none');
    return [];
  }
  return rows.flatMap(([source, ...signs]) => {
    if (source === undefined) return [];
    if (signs.length !== head.length) {
      complain(
        source.position,
        `a sign for each of the ${head.length} destinations after ${source.text}`,
        `${signs.length}`,
      );
      return [];
    }
    return head.flatMap((destination, index): readonly ExpectationLine[] => {
      const { text, position } = signs[index] ?? source;
      const expected = SIGNS[text];
      if (expected !== undefined) return [{ pattern: `${source.text}->${destination.text}`, expected, position }];
      if (text !== NO_CELL) complain(position, `one of ${[...Object.keys(SIGNS), NO_CELL].join(' ')}`, `"${text}"`);
      return [];
    });
  });
}

/** The words of each line of the table that has some, with where they stand in the file. */
function wordsOf({ value, position }: YamlNode, lines: readonly string[]): readonly (readonly Word[])[] {
  const { file } = position;
  const block = /[|>][-+0-9]*\s*(?:#.*)?$/.test(lines[position.line - 1] ?? '');
  return String(value)
    .split('\n')
    .map((text, index) => {
      const line = block ? position.line + 1 + index : position.line;
      const offset = block ? Math.max(0, (lines[line - 1] ?? '').indexOf(text)) : position.column;
      return [...text.matchAll(/\S+/g)].map((match) => ({
        text: match[0],
        position: { file, line, column: offset + match.index + 1 },
      }));
    })
    .filter((words) => words.length > 0);
}

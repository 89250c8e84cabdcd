import type { Problem } from '../diagnostics/errors.ts';
import type { Position } from '../diagnostics/position.ts';
import type { Cell } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import { matcherOf, PATTERN_FORM, parsePattern } from '../matrix/pattern.ts';
import type { Expectation, ExpectationLine } from './expectation.ts';

/** What a scenario states for a cell. */
export interface Written {
  readonly expected: Expected;
  /** Where; undefined for an expectation that comes from no file. */
  readonly position: Position | undefined;
  /** The line's pattern; undefined where the cell falls under the rest (`allow: all`). */
  readonly pattern: string | undefined;
}

interface Line extends ExpectationLine {
  readonly matches: (cell: Cell) => boolean;
}

/** An expectation ready to be asked. */
export interface WrittenExpectation {
  /** What is stated for the cell; undefined where a full table leaves it out. */
  of(cell: Cell): Written | undefined;
  /** Lines that are no pattern, or match none of the step's cells. */
  readonly problems: readonly Problem[];
}

/** Prepares an expectation for the cells of its step. */
export function readWritten(expectation: Expectation, cells: readonly Cell[]): WrittenExpectation {
  const lines = expectation.lines.flatMap((line): readonly Line[] => {
    const pattern = parsePattern(line.pattern);
    return pattern === undefined ? [] : [{ ...line, matches: matcherOf(pattern) }];
  });
  const unread = expectation.lines.filter(({ pattern }) => parsePattern(pattern) === undefined);
  const idle = lines.filter((line) => !cells.some((cell) => line.matches(cell)));
  return {
    of: (cell) => {
      const line = lines.findLast((each) => each.matches(cell));
      if (line !== undefined) return { expected: line.expected, position: line.position, pattern: line.pattern };
      const { otherwise, position } = expectation;
      return otherwise === undefined ? undefined : { expected: otherwise, position, pattern: undefined };
    },
    problems: [
      ...unread.map(({ pattern, position }) => ({
        code: 'pattern-syntax',
        message: `expected ${PATTERN_FORM}, found "${pattern}"`,
        position,
      })),
      ...idle.map(({ pattern, position }) => ({
        code: 'pattern-idle',
        message: `expected a pattern that matches a cell of the step, found "${pattern}", which matches none`,
        hint: 'run "netproof show" on the scenario to see its cells',
        position,
      })),
    ],
  };
}

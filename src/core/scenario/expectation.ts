import type { Position } from '../diagnostics/position.ts';
import type { Expected } from '../matrix/expected.ts';

/**
 * One line of an expectation: the cells it matches and what they must come to. A later line overrules an earlier one.
 * `pattern` is one that `parsePattern` reads.
 */
export interface ExpectationLine {
  readonly pattern: string;
  readonly expected: Expected;
  readonly position: Position;
}

/** A written expectation: what every cell comes to unless a line says otherwise. */
export interface Expectation {
  /** Undefined for a full table: then a cell that no line matches is an error. */
  readonly otherwise: Expected | undefined;
  readonly lines: readonly ExpectationLine[];
  /** Where `otherwise` is stated. */
  readonly position?: Position;
}

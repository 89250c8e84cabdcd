import type { Position } from '../diagnostics/position.ts';
import type { Expected } from '../matrix/expected.ts';

/**
 * One line of an expectation: the cells it matches and what they must come to. A later line overrules an earlier one.
 * `pattern` is `FROM->TO[:PORT[/PROTOCOL]][ via PATH]`; FROM and TO are `namespace/name` with `*` for any part.
 */
export interface ExpectationLine {
  readonly pattern: string;
  readonly expected: Expected;
  readonly position: Position;
}

/** A written expectation: what every cell comes to unless a line says otherwise. */
export interface Expectation {
  readonly otherwise: Expected;
  readonly lines: readonly ExpectationLine[];
}

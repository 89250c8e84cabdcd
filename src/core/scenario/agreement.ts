import type { Problem } from '../diagnostics/errors.ts';
import type { Position } from '../diagnostics/position.ts';
import { type Cell, cellName } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import type { CellExpectation } from '../oracle/expected-of.ts';
import type { Written } from './written.ts';

const WORDS: Readonly<Record<Expected, string>> = {
  open: 'open',
  closed: 'closed',
  unresolved: 'a name that does not resolve',
  reported: 'left open by Kubernetes',
};

/**
 * What a cell must come to when the scenario and the oracle both speak: the same, or the scenario is in error. Two
 * cases differ without contradiction: a scenario may leave a cell unjudged (`reported`), and `allow: all` or
 * `deny: all` does not speak of cells that Kubernetes leaves open.
 */
export function agree(
  cell: Cell,
  written: Written,
  { expected, explanation }: CellExpectation,
  fallback: Position | undefined,
): Expected | Problem {
  if (written.expected === expected || written.expected === 'reported') return written.expected;
  if (expected === 'reported' && written.pattern === undefined) return 'reported';
  const stated = written.pattern === undefined ? '' : ` by "${written.pattern}"`;
  const hint = hintFor(cell, expected);
  const position = written.position ?? fallback;
  return {
    code: 'expectation-contradicts-policies',
    message: [
      `${cellName(cell)}: the scenario expects ${WORDS[written.expected]}${stated}, by the policies it is ${WORDS[expected]}:`,
      ...explanation.split('\n').map((line) => `  ${line}`),
    ].join('\n'),
    ...(hint === undefined ? {} : { hint }),
    ...(position === undefined ? {} : { position }),
  };
}

/** What the oracle alone says: a name that does not resolve is judged only where a scenario states it. */
export function alone({ expected }: CellExpectation): Expected {
  return expected === 'unresolved' ? 'reported' : expected;
}

function hintFor({ from, to, path }: Cell, expected: Expected): string | undefined {
  if (expected === 'unresolved') return `DNS is closed here: add "${from}->${to} via ${path}" to "unresolved"`;
  if (expected === 'reported') return `what comes of it is not defined: add "${from}->${to} via ${path}" to "reported"`;
  return undefined;
}

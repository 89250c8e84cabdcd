import type { Problem } from '../diagnostics/errors.ts';
import type { Position } from '../diagnostics/position.ts';
import { type Cell, cellName } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import type { CellExpectation } from '../oracle/expected-of.ts';
import type { Written } from './written.ts';

const WORDS: Readonly<Record<Expected, string>> = {
  open: 'open',
  closed: 'closed',
  unresolved: 'unresolved',
  reported: 'left open by Kubernetes',
};

/** Other cells of a contradiction that its message names. */
const NAMED_CELLS = 3;

/** A cell on which a scenario and its policies contradict each other. */
export interface Contradiction {
  readonly cell: Cell;
  readonly written: Written;
  readonly computed: CellExpectation;
}

/**
 * What a cell must come to when the scenario and the oracle both speak; undefined where they contradict each other.
 * Two cases differ without contradiction: a scenario may leave a cell unjudged (`reported`), and `allow: all` or
 * `deny: all` does not speak of cells that Kubernetes leaves open.
 */
export function agreed(written: Written, computed: CellExpectation): Expected | undefined {
  if (written.expected === computed.expected || written.expected === 'reported') return written.expected;
  return computed.expected === 'reported' && written.pattern === undefined ? 'reported' : undefined;
}

/** What the oracle alone says: a name that does not resolve is judged only where a scenario states it. */
export function alone({ expected }: CellExpectation): Expected {
  return expected === 'unresolved' ? 'reported' : expected;
}

/** One problem for all cells that contradict the same line in the same way, with the first one's explanation. */
export function contradictionProblems(
  contradictions: readonly Contradiction[],
  fallback: Position | undefined,
): readonly Problem[] {
  const alike = Map.groupBy(contradictions, ({ written, computed }) =>
    [written.expected, written.pattern, written.position?.line, written.position?.column, computed.expected].join(' '),
  );
  return [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [problemOf(first, others, fallback)],
  );
}

function problemOf(
  { cell, written, computed }: Contradiction,
  others: readonly Contradiction[],
  fallback: Position | undefined,
): Problem {
  const stated = written.pattern === undefined ? '' : ` by "${written.pattern}"`;
  const names = others.slice(0, NAMED_CELLS).map((other) => `  ${cellName(other.cell)}`);
  const more = others.length - names.length;
  const position = written.position ?? fallback;
  const hint = hintFor(cell, computed.expected);
  return {
    code: 'expectation-contradicts-policies',
    message: [
      `${cellName(cell)}: expected ${WORDS[written.expected]}${stated}, found that the policies make it ${WORDS[computed.expected]}:`,
      ...computed.explanation.split('\n').map((line) => `  ${line}`),
      ...(names.length === 0 ? [] : ['and in the same way:', ...names]),
      ...(more === 0 ? [] : [`  and ${more} more`]),
    ].join('\n'),
    ...(hint === undefined ? {} : { hint }),
    ...(position === undefined ? {} : { position }),
  };
}

function hintFor({ from, to, path }: Cell, expected: Expected): string | undefined {
  if (expected === 'unresolved') return `DNS is closed here: add "${from}->${to} via ${path}" to "unresolved"`;
  if (expected === 'reported') return `what comes of it is not defined: add "${from}->${to} via ${path}" to "reported"`;
  return undefined;
}

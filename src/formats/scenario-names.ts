import type { Problem } from '../core/diagnostics/errors.ts';
import type { Position } from '../core/diagnostics/position.ts';
import type { Cell } from '../core/matrix/cell.ts';
import { type CellPattern, matcherOf, matchesName, PATTERN_FORM, parsePattern } from '../core/matrix/pattern.ts';
import { portText } from './scenario-ports.ts';
import { didYouMean } from './suggestion.ts';

/** A pattern of cells, and where it stands. */
interface PatternLine {
  readonly pattern: string;
  readonly position: Position;
}

/** What is wrong with a pattern of cells, said as exactly as the scenario's cells allow; undefined for nothing. */
export function lineProblem({ pattern: text, position }: PatternLine, cells: readonly Cell[]): Problem | undefined {
  const pattern = parsePattern(text);
  const say = (code: string, expected: string, found: string, hint: { readonly hint?: string } = {}): Problem => {
    return { code, message: `"${text}": expected ${expected}, found ${found}`, position, ...hint };
  };
  if (pattern === undefined) return say('pattern-syntax', PATTERN_FORM, 'something else');
  if (cells.some(matcherOf(pattern))) return undefined;
  const from = cells.filter((cell) => matchesName(pattern.from, cell.from));
  const sources = namesOf(cells, 'from');
  if (from.length === 0) {
    return say(
      'pattern-name',
      `a pod that probes (${sources.join(', ')})`,
      `"${pattern.from}"`,
      near(pattern.from, sources),
    );
  }
  const to = from.filter((cell) => matchesName(pattern.to, cell.to));
  if (to.length === 0) {
    const targets = namesOf(from, 'to');
    const expected = `what ${pattern.from} probes (${targets.join(', ')})`;
    return say('pattern-name', expected, `"${pattern.to}"`, near(pattern.to, targets));
  }
  const ports = [...new Set(to.map(portText))];
  const { port, protocol, path } = pattern;
  const ofPort = to.filter(matcherOf(onlyPort(pattern)));
  if (ofPort.length === 0) {
    const found = `${port ?? '*'}${protocol === undefined ? '' : `/${protocol}`}`;
    return say('pattern-port', `a port of ${pattern.to} (${ports.join(', ')})`, found);
  }
  const ways = [...new Set(ofPort.map((cell) => `via ${cell.path} (${cell.method})`))];
  return say('pattern-path', `a way that is probed (${ways.join(', ')})`, path ?? `(${pattern.method})`);
}

function onlyPort({ port, protocol }: CellPattern): CellPattern {
  return { from: '*', to: '*', port, protocol, path: undefined, method: undefined };
}

function namesOf(cells: readonly Cell[], end: 'from' | 'to'): readonly string[] {
  return [...new Set(cells.map((cell) => cell[end]))];
}

function near(name: string, known: readonly string[]): { readonly hint?: string } {
  return name.includes('*') ? {} : didYouMean(name, known);
}

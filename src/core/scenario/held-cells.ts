import type { Cell } from '../matrix/cell.ts';
import { matcherOf, parsePattern } from '../matrix/pattern.ts';
import type { Scenario } from './scenario.ts';

/** Whether a connection of the cell can be held open: by an agent, to an address. */
export function canBeHeld({ method, path, protocol }: Cell): boolean {
  return method === 'agent' && path !== 'dns' && path !== 'node' && protocol !== 'SCTP';
}

/** The cells among these of which the scenario has a connection held open. */
export function heldCells(cells: readonly Cell[], { connections = [] }: Scenario): readonly Cell[] {
  const patterns = connections.map(({ pattern }) => parsePattern(pattern)).filter((each) => each !== undefined);
  const matchers = patterns.map(matcherOf);
  return cells.filter((cell) => canBeHeld(cell) && matchers.some((matches) => matches(cell)));
}

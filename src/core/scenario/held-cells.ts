import type { Cell } from '../matrix/cell.ts';
import { matcherOf, parsePattern } from '../matrix/pattern.ts';
import { fullName } from '../model/pod-name.ts';
import type { Scenario } from './scenario.ts';

/** Whether a connection of the cell can be held open: by an agent, to an address, or by a pod from its first instant on. */
export function canBeHeld(cell: Cell): boolean {
  const { method, path, protocol } = cell;
  const byAgent = method === 'agent' && path !== 'dns' && path !== 'node' && protocol !== 'SCTP';
  return byAgent || isHeldFromFirstInstant(cell);
}

/** Whether it is a pod's first command that holds such a connection: of what is no agent, only that dials addresses of pods. */
export function isHeldFromFirstInstant({ method, path }: Pick<Cell, 'method' | 'path'>): boolean {
  return method === 'wget' && path === 'pod-ip';
}

/** The cells among these of which the scenario has a connection held open. Page servers know no questions on one. */
export function heldCells(cells: readonly Cell[], { connections = [], pods }: Scenario): readonly Cell[] {
  const patterns = connections.map(({ pattern }) => parsePattern(pattern)).filter((each) => each !== undefined);
  const matchers = patterns.map(matcherOf);
  const deaf = new Set(pods.filter(({ probes }) => probes !== 'agent').map(fullName));
  return cells.filter(
    (cell) =>
      canBeHeld(cell) &&
      !(isHeldFromFirstInstant(cell) && deaf.has(cell.to)) &&
      matchers.some((matches) => matches(cell)),
  );
}

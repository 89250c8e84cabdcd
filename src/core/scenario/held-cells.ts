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
  const matchers = connections.filter(({ sourcePort }) => sourcePort === undefined).flatMap(matchersOf);
  const deaf = new Set(pods.filter(({ probes }) => probes !== 'agent').map(fullName));
  return cells.filter(
    (cell) =>
      canBeHeld(cell) &&
      !(isHeldFromFirstInstant(cell) && deaf.has(cell.to)) &&
      matchers.some((matches) => matches(cell)),
  );
}

/** The source ports from which the scenario has a connection of the cell opened while it is closed. */
export function sourcePortsOf(cell: Cell, { connections = [] }: Pick<Scenario, 'connections'>): readonly number[] {
  if (!canBeHeld(cell) || cell.method !== 'agent') return [];
  return connections.flatMap((connection) => {
    const isMeant = connection.sourcePort !== undefined && matchersOf(connection).some((matches) => matches(cell));
    return isMeant ? [connection.sourcePort] : [];
  });
}

function matchersOf({ pattern }: { readonly pattern: string }): readonly ((cell: Cell) => boolean)[] {
  const parsed = parsePattern(pattern);
  return parsed === undefined ? [] : [matcherOf(parsed)];
}

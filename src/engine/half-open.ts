import type { Span } from '../core/judge/record.ts';
import type { Cell } from '../core/matrix/cell.ts';
import type { PlannedStep } from '../core/scenario/planned-step.ts';
import type { Observation } from './observation.ts';

/** Pods to which SYNs must not come in a step, and which tell whether some did. */
export function closedToSyns({ cells }: PlannedStep): readonly string[] {
  const closed = cells.filter(({ cell, expected }) => expected === 'closed' && mayTell(cell));
  return [...new Set(closed.map(({ cell }) => cell.to))];
}

/** Whether SYNs of attempts in this span came to pods that are closed to them; known once these pods were asked. */
export function letsSynsIn(observation: Observation, { fromMs, toMs }: Span): boolean {
  return observation
    .series(fromMs, toMs)
    .some(
      ({ planned, attempts }) =>
        planned.expected === 'closed' && mayTell(planned.cell) && attempts.some(({ arrived }) => arrived),
    );
}

function mayTell({ method, protocol, path }: Cell): boolean {
  return method === 'agent' && protocol === 'TCP' && path === 'pod-ip';
}

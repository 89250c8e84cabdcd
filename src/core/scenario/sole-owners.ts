import { fullName } from '../model/pod-name.ts';
import type { Scenario, ScenarioPod, Step } from './scenario.ts';

/**
 * The pods of a step that are dialled before they are there, with the index of the change that makes them, where their
 * addresses are surely nobody's until then: who had them was not taken away without a word, to go on for a while.
 */
export function soleOwnersIn(
  { changes, together }: Pick<Step, 'changes' | 'together'>,
  { steps }: Pick<Scenario, 'steps'>,
): ReadonlyMap<string, number> {
  if (together === true) return new Map();
  const hurried = new Set(
    steps
      .flatMap((step) => step.changes)
      .flatMap((change) => (change.kind === 'remove-pod' && change.graceSeconds === 0 ? [change.pod] : [])),
  );
  const isSole = ({ takesAddressOf, dialledAhead }: ScenarioPod): boolean =>
    dialledAhead === true && takesAddressOf !== undefined && !hurried.has(takesAddressOf);
  return new Map(
    changes.flatMap((change, index) =>
      change.kind === 'create' ? change.pods.filter(isSole).map((pod) => [fullName(pod), index] as const) : [],
    ),
  );
}

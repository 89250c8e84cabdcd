import type { Change, Step } from '../core/scenario/scenario.ts';
import { ordersOf } from './scenario-orders.ts';
import { conflicting } from './scenario-together.ts';

type Apply = Extract<Change, { kind: 'apply' }>;

function isApply(change: Change): change is Apply {
  return change.kind === 'apply';
}

/** What keeps changes from being permuted; undefined for nothing. */
export function notPermutable(changes: readonly Change[]): string | undefined {
  const other = changes.find((change) => !isApply(change));
  if (other !== undefined) return `a change of kind ${other.kind}`;
  const [twice] = conflicting(changes);
  if (twice !== undefined) return `${twice} again`;
  return changes.length < 2 ? String(changes.length) : undefined;
}

/**
 * The step once for each order of its policies, named after the order. Between two of them the policies are deleted, and
 * then everything must be as the policies say that are still in force.
 */
export function permutedSteps(step: Step): readonly Step[] {
  const applied = step.changes.filter(isApply);
  const orders = ordersOf(applied.length);
  return orders.flatMap((order, index): readonly Step[] => {
    const changes = order.flatMap((at) => applied[at] ?? []);
    const names = changes.map(({ manifest }) => manifest.name).join(', ');
    const tried: Step = { ...step, name: `${step.name} (${names})`, changes };
    if (index === orders.length - 1) return [tried];
    return [
      tried,
      { ...step, name: `${step.name} (${names}), deleted`, changes: changes.map(deletion), expect: undefined },
    ];
  });
}

function deletion({ manifest: { namespace, name } }: Apply): Change {
  return { kind: 'delete', policy: { namespace, name } };
}

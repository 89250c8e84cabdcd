import type { Cell } from '../matrix/cell.ts';
import { fullName } from '../model/pod-name.ts';
import { isBehind } from '../model/service-pods.ts';
import { placedBy } from './churn.ts';
import type { Change } from './scenario.ts';
import type { Transition } from './touched.ts';

/**
 * Tells which cells a step makes anew: an end was created or restarted by it, or a pod behind their Service came or went.
 * Nothing of what was seen of such a cell before the step says anything about it.
 */
export function freshIn({ states, changes }: Transition): (cell: Cell) => boolean {
  const created = new Set(changes.flatMap(createdBy));
  const removed = new Set(changes.flatMap((change) => removedBy(change, states)));
  const moved = new Set([...created, ...removed]);
  if (moved.size === 0) return () => false;
  const services = new Map(states.flatMap((state) => state.services).map((service) => [fullName(service), service]));
  const pods = states
    .flatMap((state) => state.pods)
    .filter((pod) => !pod.pending && !pod.unready && moved.has(fullName(pod)));
  return ({ from, to, path }) => {
    if (created.has(from) || created.has(to)) return true;
    const service = path === 'pod-ip' || path === 'kubelet' ? undefined : services.get(to);
    return service !== undefined && pods.some((pod) => isBehind(service, pod));
  };
}

function createdBy(change: Change): readonly string[] {
  const services = change.kind === 'create' ? change.services : [];
  return [...placedBy(change), ...services].map(fullName);
}

function removedBy(change: Change, states: Transition['states']): readonly string[] {
  if (change.kind === 'remove-pod' || change.kind === 'end-pod') return [change.pod];
  if (change.kind !== 'remove-namespace') return [];
  const pods = states.flatMap((state) => state.pods).filter(({ namespace }) => namespace === change.namespace);
  return pods.map(fullName);
}

import { fullName } from '../core/model/pod-name.ts';
import type { Change } from '../core/scenario/scenario.ts';

/** What a change is made to, for messages. */
function objectsOf(change: Change): readonly string[] {
  if (change.kind === 'restart-pods') return change.pods.map((pod) => `pod ${fullName(pod)}`);
  return [objectOf(change)];
}

function objectOf(change: Exclude<Change, { kind: 'restart-pods' }>): string {
  switch (change.kind) {
    case 'apply':
      return `policy ${fullName(change.manifest)}`;
    case 'delete':
      return `policy ${fullName(change.policy)}`;
    case 'label-pod':
    case 'remove-pod':
    case 'end-pod':
      return `pod ${change.pod}`;
    case 'label-namespace':
    case 'remove-namespace':
      return `namespace ${change.namespace}`;
    default:
      return change.kind;
  }
}

/** Objects that several changes are made to: asked for at once, nobody knows which comes last. */
export function conflicting(changes: readonly Change[]): readonly string[] {
  const names = changes.flatMap(objectsOf);
  return [...new Set(names.filter((name, index) => names.indexOf(name) < index))];
}

import { fullName } from '../model/pod-name.ts';
import type { Change } from '../scenario/scenario.ts';
import type { StepChangeResult } from './result.ts';

/**
 * What a step's changes are called in a result. `earlier` are all changes of the scenario before the step: an object
 * that they left in place is updated, any other created.
 */
export function stepChanges(changes: readonly Change[], earlier: readonly Change[]): StepChangeResult[] {
  const standing = new Set<string>();
  const named = [...earlier, ...changes].map((change): StepChangeResult => {
    const object = objectOf(change);
    const known = standing.has(object);
    if (change.kind === 'apply') standing.add(object);
    if (change.kind === 'delete') standing.delete(object);
    return { kind: change.kind === 'apply' ? (known ? 'update' : 'create') : kindOf(change), object };
  });
  return named.slice(earlier.length);
}

const KINDS = {
  delete: 'delete',
  'label-pod': 'relabel-pod',
  'label-namespace': 'relabel-namespace',
  'restart-plugin': 'restart',
  'stop-agent': 'stop',
  'start-agent': 'start',
  'restart-api-server': 'restart',
  'cut-api-server': 'cut',
  'join-api-server': 'join',
  create: 'create-pods',
  'remove-pod': 'remove-pod',
  'end-pod': 'end-pod',
  'remove-namespace': 'remove-namespace',
} as const;

function kindOf(change: Exclude<Change, { kind: 'apply' }>): string {
  if (change.kind !== 'restart-pods') return KINDS[change.kind];
  if (change.inPlace) return 'restart-container';
  return change.node === undefined ? 'restart-sandbox' : 'restart-node';
}

function objectOf(change: Change): string {
  switch (change.kind) {
    case 'apply':
      return `${change.manifest.kind} ${fullName(change.manifest)}`;
    case 'delete':
      return `NetworkPolicy ${fullName(change.policy)}`;
    case 'label-pod':
      return `Pod ${change.pod}`;
    case 'label-namespace':
      return `Namespace ${change.namespace}`;
    case 'restart-plugin':
      return `plugin ${change.part}${change.of === undefined ? '' : ` of ${change.of}`}`;
    case 'stop-agent':
    case 'start-agent':
      return 'plugin agent';
    case 'restart-api-server':
    case 'cut-api-server':
    case 'join-api-server':
      return 'API server';
    case 'create':
      return [
        ...change.namespaces.map(({ name }) => `Namespace ${name}`),
        ...change.pods.map((pod) => `Pod ${fullName(pod)}`),
      ].join(', ');
    case 'remove-pod':
    case 'end-pod':
      return `Pod ${change.pod}`;
    case 'remove-namespace':
      return `Namespace ${change.namespace}`;
    case 'restart-pods':
      return change.node === undefined
        ? change.pods.map((pod) => `Pod ${fullName(pod)}`).join(', ')
        : `Node ${change.node}`;
  }
}

import { fullName } from '../model/pod-name.ts';
import type { PodEnd, ScenarioNamespace, ScenarioPod, ScenarioService } from './scenario.ts';

/**
 * A change of what there is. `create` makes everything in it at once, and counts as made when its pods are ready and
 * probe. `remove-pod` counts as made when the pod is gone; with `lingers` when it is Terminating: it then goes on as before
 * until it is removed once more. `end-pod` counts as made when the pod has ended and given its address up; its object stays.
 * With a namespace goes all that is in it.
 */
export type Churn =
  | {
      readonly kind: 'create';
      readonly namespaces: readonly ScenarioNamespace[];
      readonly pods: readonly ScenarioPod[];
      readonly services: readonly ScenarioService[];
    }
  | { readonly kind: 'remove-pod'; readonly pod: string; readonly lingers: boolean; readonly graceSeconds?: number }
  | { readonly kind: 'end-pod'; readonly pod: string; readonly how: PodEnd }
  | { readonly kind: 'remove-namespace'; readonly namespace: string };

const KINDS: ReadonlySet<string> = new Set<Churn['kind']>(['create', 'remove-pod', 'end-pod', 'remove-namespace']);

/** Whether a change makes or removes pods or namespaces. */
export function isChurn(change: { readonly kind: string }): change is Churn {
  return KINDS.has(change.kind);
}

/** The pods among what is created that dial from their first instant on, by their full names. */
export function firstInstantPods(change: { readonly kind: string }): readonly string[] {
  if (!isChurn(change) || change.kind !== 'create') return [];
  return change.pods.filter(({ firstInstant }) => firstInstant).map(fullName);
}

/** In words, for people. */
export function describeChurn(change: Churn): string {
  switch (change.kind) {
    case 'create': {
      const { namespaces, pods, services } = change;
      const names = [
        ...namespaces.map(({ name }) => `namespace ${name}`),
        ...pods.map(({ namespace, name }) => `pod ${namespace}/${name}`),
        ...services.map(({ namespace, name }) => `service ${namespace}/${name}`),
      ];
      return `create ${names.join(', ')}`;
    }
    case 'remove-pod':
      return `remove pod ${change.pod}${change.lingers ? ', which goes on for a while' : ''}`;
    case 'end-pod':
      return `end pod ${change.pod}, which has ${change.how}`;
    case 'remove-namespace':
      return `remove namespace ${change.namespace}`;
  }
}

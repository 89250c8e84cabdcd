import { fullName } from '../model/pod-name.ts';
import type { PodEnd, ScenarioNamespace, ScenarioPod, ScenarioService } from './scenario.ts';

/**
 * A change of what there is. `create` makes everything in it at once, and counts as made when its pods are ready and
 * probe. `remove-pod` counts as made when the pod is gone; with `lingers` when it is Terminating: it then goes on as before
 * until it is removed once more. `end-pod` counts as made when the pod has ended and given its address up; its object stays.
 * With a namespace goes all that is in it. `restart-pods` takes pods' sandboxes away, with `node` by restarting the node that
 * all pods of it are on: the same pods come back, under new addresses, and it counts as made when they are ready and probe. With
 * `inPlace` the first process of each is ended: sandbox and address stay, and the container is started again.
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
  | { readonly kind: 'remove-namespace'; readonly namespace: string }
  | {
      readonly kind: 'restart-pods';
      readonly pods: readonly ScenarioPod[];
      readonly node?: RestartableNode;
      readonly inPlace?: boolean;
    };

/** Number of a node that scenarios may restart, as pods are pinned to it: the first may carry the API server. */
export type RestartableNode = 2;

const KINDS: ReadonlySet<string> = new Set<Churn['kind']>([
  'create',
  'remove-pod',
  'end-pod',
  'remove-namespace',
  'restart-pods',
]);

/** Whether a change makes or removes pods or namespaces. */
export function isChurn(change: { readonly kind: string }): change is Churn {
  return KINDS.has(change.kind);
}

/** The pods that get addresses by a change: each stands for itself at this moment only, whatever has its name before or after. */
export function placedBy(change: { readonly kind: string }): readonly ScenarioPod[] {
  const places = isChurn(change) && (change.kind === 'create' || change.kind === 'restart-pods');
  return places ? change.pods.filter(({ pending }) => !pending) : [];
}

/** Whether a pod has the address again that it had, when its sandbox is made anew: its own by order, or its node's. */
export function keepsAddress({ takesAddressOf, hostNetwork }: ScenarioPod): boolean {
  return takesAddressOf !== undefined || hostNetwork === true;
}

/** Whether a change restarts a node: it concerns every cell, and every scenario on the cluster. */
export function restartsNode(change: { readonly kind: string }): boolean {
  return isChurn(change) && change.kind === 'restart-pods' && change.node !== undefined;
}

/** The pods among what is created that dial from their first instant on, by their full names. */
export function firstInstantPods(change: { readonly kind: string }): readonly string[] {
  if (!isChurn(change) || change.kind !== 'create') return [];
  return change.pods.filter(({ firstInstant }) => firstInstant).map(fullName);
}

/** Who has the address of a pod that was there before, by that one's name: pods that these changes create. */
export function heirsIn(changes: readonly { readonly kind: string }[]): ReadonlyMap<string, string> {
  const created = changes.flatMap((change) => (isChurn(change) && change.kind === 'create' ? change.pods : []));
  return new Map(
    created.flatMap((pod) => (pod.takesAddressOf === undefined ? [] : [[pod.takesAddressOf, fullName(pod)]])),
  );
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
    case 'restart-pods': {
      const names = change.pods.map(fullName).join(', ');
      if (change.inPlace) return `restart the container of ${names}`;
      return change.node === undefined
        ? `restart the sandbox of ${names}`
        : `restart node ${change.node}, with ${names}`;
    }
  }
}

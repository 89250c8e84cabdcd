import type { Cell } from '../matrix/cell.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import type { Pod } from '../model/pod.ts';
import { fullName } from '../model/pod-name.ts';
import type { NetworkPolicy, PolicyType } from '../model/policy.ts';
import { policyTypesOf } from '../model/policy-types.ts';
import { selects } from '../model/selection.ts';
import { isBehind } from '../model/service-pods.ts';
import { disturbsAll } from './disruption.ts';
import type { Change } from './scenario.ts';

/** A step's changes, with the states between them: the first is before all of them, the last after. */
export interface Transition {
  readonly states: readonly ClusterState[];
  readonly changes: readonly Change[];
}

/**
 * Tells which cells a step concerns, so that they are sampled densely: a policy in force before, during or after it
 * isolates an end of the cell, or it changes a label of an end or of an end's namespace. Ends of a Service are its backends. What
 * happens to the machinery of the network, or to a node, concerns every cell.
 */
export function touchedBy({ states, changes }: Transition): (cell: Cell) => boolean {
  const [before = EMPTY] = states;
  const after = states.at(-1) ?? EMPTY;
  if (changes.some(disturbsAll)) return () => true;
  const policies = [...new Set(states.flatMap((state) => state.policies))];
  const isolatedIn = (direction: PolicyType) =>
    new Set([before, after].flatMap(({ pods }) => isolated({ policies, pods }, direction)));
  const egress = isolatedIn('Egress');
  const ingress = isolatedIn('Ingress');
  const relabelled = new Set([before, after].flatMap(({ pods }) => pods.filter(isRelabelled(changes)).map(fullName)));
  return (cell) => {
    const ends = [...destinations(before, cell), ...destinations(after, cell)];
    return (
      egress.has(cell.from) ||
      ends.some((end) => ingress.has(end)) ||
      [cell.from, ...ends].some((end) => relabelled.has(end))
    );
  };
}

const EMPTY: ClusterState = { namespaces: [], pods: [], services: [], policies: [] };

function isolated(
  { policies, pods }: Pick<ClusterState, 'policies' | 'pods'>,
  direction: PolicyType,
): readonly string[] {
  const isolates = ({ metadata, spec }: NetworkPolicy, pod: Pod) =>
    metadata.namespace === pod.namespace &&
    policyTypesOf(spec).includes(direction) &&
    selects(spec.podSelector ?? {}, pod.labels);
  return pods.filter((pod) => policies.some((policy) => isolates(policy, pod))).map(fullName);
}

function isRelabelled(changes: readonly Change[]): (pod: Pod) => boolean {
  return (pod) =>
    changes.some(
      (change) =>
        (change.kind === 'label-pod' && change.pod === fullName(pod)) ||
        (change.kind === 'label-namespace' && change.namespace === pod.namespace),
    );
}

/** The pods that may answer the cell: the pod itself, or what the Service selects. */
function destinations({ pods, services }: ClusterState, { to, path }: Cell): readonly string[] {
  if (path === 'pod-ip' || path === 'host-port' || path === 'kubelet') return [to];
  const service = services.find((each) => fullName(each) === to);
  return service === undefined ? [] : pods.filter((pod) => isBehind(service, pod)).map(fullName);
}

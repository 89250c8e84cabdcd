import { policyTypesOf } from '../../../../src/core/model/policy-types.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Fault, OnTheWire } from '../fault.ts';

/** Whether a policy isolates the pod that the attempt goes to, for what comes in. */
function isIsolated({ cell, seen }: OnTheWire): boolean {
  const pod = seen.pods.find(({ namespace, name }) => `${namespace}/${name}` === cell.to);
  return seen.policies.some(
    ({ metadata, spec }) =>
      metadata.namespace === pod?.namespace &&
      policyTypesOf(spec).includes('Ingress') &&
      selects(spec.podSelector ?? {}, pod?.labels ?? {}),
  );
}

/** A kubelet asks over the pod's network: an exec stays inside the pod. */
function isDialled({ cell }: OnTheWire): boolean {
  return cell.path === 'kubelet' && cell.from !== 'kubelet/exec';
}

/** Faults of plugins that stop what must always come through. */
export const KUBELET_FAULTS: readonly Fault[] = [
  {
    id: 'B127',
    what: "a policy for incoming traffic stops the kubelet's probes",
    wire: (attempt) => (isDialled(attempt) && isIsolated(attempt) ? 'dropped' : attempt.outcome),
  },
  {
    id: 'B128',
    what: "a policy for incoming traffic stops the kubelet's TCP probes",
    wire: (attempt) => (attempt.cell.from === 'kubelet/tcp' && isIsolated(attempt) ? 'dropped' : attempt.outcome),
  },
  {
    id: 'B130',
    what: 'once there is a policy, nodes do not reach their own pods',
    wire: (attempt) => (isDialled(attempt) && attempt.seen.policies.length > 0 ? 'dropped' : attempt.outcome),
  },
];

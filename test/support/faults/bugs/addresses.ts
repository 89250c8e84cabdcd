import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import { policyTypesOf } from '../../../../src/core/model/policy-types.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Labels } from '../../../../src/core/model/selector.ts';
import type { Fault } from '../fault.ts';

/** Whether two pods have an address in common. */
function share(a: Pod, b: Pod): boolean {
  return a.ips.some((ip) => b.ips.includes(ip));
}

/** Another pod that has ended and whose status still has an address of the pod. */
function formerOwner({ pods }: ClusterState, pod: Pod): Pod | undefined {
  return pods.find((each) => each.finished === true && pod.finished !== true && share(each, pod));
}

/** The state with other labels of pods that have the address of one that has ended. */
function withHeirs(state: ClusterState, labels: (heir: Pod, former: Pod) => Labels): ClusterState {
  const pods = state.pods.map((pod) => {
    const former = formerOwner(state, pod);
    return former === undefined ? pod : { ...pod, labels: labels(pod, former) };
  });
  return { ...state, pods };
}

function isIsolated({ policies }: ClusterState, pod: Pod): boolean {
  return policies.some(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      policyTypesOf(spec).includes('Ingress') &&
      selects(spec.podSelector ?? {}, pod.labels),
  );
}

/** Faults of plugins when an address gets another owner, shown by runs on the engine. */
export const ADDRESS_FAULTS: readonly Fault[] = [
  {
    id: 'B77',
    what: 'the address of a pod that has ended stays in the sets of policies',
    sees: (actual) => withHeirs(actual, (heir, former) => ({ ...former.labels, ...heir.labels })),
  },
  {
    id: 'B78',
    what: 'a pod with the address of one that has ended is taken for that one',
    sees: (actual) => withHeirs(actual, (_, former) => former.labels),
  },
  {
    id: 'B80',
    what: 'with a pod that has ended goes the address of its owner by now',
    sees: (actual, { actual: before, notes }) => {
      const still = new Set(actual.pods.map(fullName));
      for (const pod of before.pods.filter(({ finished }) => finished)) {
        if (!still.has(fullName(pod))) for (const ip of pod.ips) notes.add(ip);
      }
      const forgotten = ({ ips }: Pod) => ips.some((ip) => notes.has(ip));
      return { ...actual, pods: actual.pods.map((pod) => (forgotten(pod) ? { ...pod, labels: {} } : pod)) };
    },
  },
  {
    id: 'B81',
    what: 'the removal of a pod, told late, cuts off the next owner of its address',
    sees: (actual, { actual: before, notes }) => {
      const still = new Set(actual.pods.map(fullName));
      for (const pod of before.pods) if (!still.has(fullName(pod))) for (const ip of pod.ips) notes.add(ip);
      return { ...actual, pods: actual.pods.filter(({ ips }) => !ips.some((ip) => notes.has(ip))) };
    },
  },
  {
    id: 'B82',
    what: 'rules for a pod that has ended hit the next owner of its address',
    wire: ({ outcome, cell, seen }) => {
      const pod = seen.pods.find((each) => fullName(each) === cell.to);
      const former = pod && formerOwner(seen, pod);
      return former !== undefined && isIsolated(seen, former) ? 'dropped' : outcome;
    },
  },
];

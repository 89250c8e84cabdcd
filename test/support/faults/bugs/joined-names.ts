import type { Pod } from '../../../../src/core/model/pod.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import { policyTypesOf } from '../../../../src/core/model/policy-types.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Fault, OnTheWire } from '../fault.ts';
import { keyOf } from '../questions.ts';

/** The 32-bit FNV-1a hash of an ASCII text (RFC 9923). */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}

function isIsolated({ seen }: OnTheWire, pod: Pod): boolean {
  return seen.policies.some(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      policyTypesOf(spec).includes('Ingress') &&
      selects(spec.podSelector ?? {}, pod.labels),
  );
}

/** The destination, and all pods that have its key by a join of their names. */
function twins({ cell, seen }: OnTheWire, join: (pod: Pod) => string): readonly Pod[] {
  const own = seen.pods.find((pod) => fullName(pod) === cell.to);
  return own === undefined ? [] : seen.pods.filter((pod) => join(pod) === join(own));
}

const plainly = ({ namespace, name }: Pod): string => name + namespace;
/** Of a pod of a Deployment the last part of the name is the pod's, the rest its ReplicaSet's. */
const byReplicaSet = ({ namespace, name }: Pod): string => `${name.replace(/-[^-]*$/, '')}-${namespace}`;

/** Faults of plugins that join names, or hash them, into keys that are not unique. */
export const JOINED_NAME_FAULTS: readonly Fault[] = [
  {
    id: 'B106',
    what: 'pods whose names join to one with those of their namespaces share one rule set',
    wire: (attempt) =>
      twins(attempt, byReplicaSet).some((pod) => isIsolated(attempt, pod)) ? 'dropped' : attempt.outcome,
  },
  {
    id: 'B107',
    what: 'of two pods with one name and namespace written together the second is never hooked',
    wire: (attempt) => {
      const [first] = twins(attempt, plainly);
      return first !== undefined && fullName(first) !== attempt.cell.to ? 'open' : attempt.outcome;
    },
  },
  {
    id: 'B109',
    what: 'a policy whose namespace and name have the hash of another takes its place',
    sees: (actual) => {
      const byHash = new Map(actual.policies.map((policy) => [fnv1a(keyOf(policy)), policy]));
      return { ...actual, policies: [...byHash.values()] };
    },
  },
];

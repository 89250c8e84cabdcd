import type { NetworkPolicy, PolicyType } from './policy.ts';

/**
 * The directions in which a policy isolates. The API server fills in an absent or empty `policyTypes`: always Ingress,
 * and Egress if there is an egress rule (an empty `egress` list is none).
 */
export function policyTypesOf({ policyTypes = [], egress = [] }: NetworkPolicy['spec']): readonly PolicyType[] {
  if (policyTypes.length > 0) return policyTypes;
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

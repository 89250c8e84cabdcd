import type { NetworkPolicy, PolicyType } from './policy.ts';

/**
 * The directions in which a policy isolates. The API server fills in an absent or empty `policyTypes`: always Ingress,
 * and Egress if there is an egress rule (an empty `egress` list is none).
 */
export function policyTypesOf({ policyTypes = [], egress = [] }: NetworkPolicy['spec']): readonly PolicyType[] {
  if (policyTypes.length > 0) return policyTypes;
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/** The directions of which a policy has rules that have no effect, for it does not isolate in them. */
export function idleRulesOf(spec: NetworkPolicy['spec']): readonly PolicyType[] {
  const types = policyTypesOf(spec);
  const having = { Ingress: spec.ingress ?? [], Egress: spec.egress ?? [] };
  return (['Ingress', 'Egress'] as const).filter((type) => having[type].length > 0 && !types.includes(type));
}

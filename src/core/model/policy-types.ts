import type { NetworkPolicy, PolicyType } from './policy.ts';

/**
 * The directions in which a policy isolates. The API server fills in an absent or empty `policyTypes`: always Ingress,
 * and Egress if there is an egress rule (an empty `egress` list is none).
 */
export function policyTypesOf(spec: NetworkPolicy['spec']): readonly PolicyType[] {
  const { policyTypes = [], keptPolicyTypes, egress = [] } = spec;
  if (policyTypes.length > 0) return policyTypes;
  if (keptPolicyTypes !== undefined) return keptPolicyTypes;
  return egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress'];
}

/**
 * A policy as it stands once it was applied over the one before it. What the server filled in is then a value like any
 * other: an update that says nothing of `policyTypes` leaves it, whatever rules it brings, unless what was applied before had
 * stated them (Kubernetes: Server-Side Apply, "Merge strategy"; `kubectl apply` does the same).
 */
export function appliedOver(before: NetworkPolicy | undefined, policy: NetworkPolicy): NetworkPolicy {
  if (before === undefined || before.spec.policyTypes !== undefined || policy.spec.policyTypes !== undefined)
    return policy;
  return { ...policy, spec: { ...policy.spec, keptPolicyTypes: policyTypesOf(before.spec) } };
}

/** The directions of which a policy has rules that have no effect, for it does not isolate in them. */
export function idleRulesOf(spec: NetworkPolicy['spec']): readonly PolicyType[] {
  const types = policyTypesOf(spec);
  const having = { Ingress: spec.ingress ?? [], Egress: spec.egress ?? [] };
  return (['Ingress', 'Egress'] as const).filter((type) => having[type].length > 0 && !types.includes(type));
}

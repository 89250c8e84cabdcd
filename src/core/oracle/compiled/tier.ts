import type { NetworkPolicy } from '../../model/policy.ts';
import type { Labels } from '../../model/selector.ts';
import type { Tier } from '../tier.ts';
import { type CompiledPolicy, compilePolicy, ruleAdmits } from './policy.ts';
import { selectorCompiler } from './selector.ts';

/** The policies of a state, compiled; nothing in it depends on pods, so they may change without compiling again. */
export type CompiledPolicies = ReadonlyMap<string, readonly CompiledPolicy[]>;

/** Compiles policies, by namespace. */
export function compilePolicies(policies: readonly NetworkPolicy[]): CompiledPolicies {
  const selectors = selectorCompiler();
  return Map.groupBy(
    policies.map((policy) => compilePolicy(policy, selectors)),
    ({ namespace }) => namespace,
  );
}

/** The NetworkPolicy tier in its compiled form; says the same as the reference. */
export function compiledTier(policies: CompiledPolicies, labelsOf: (namespace: string) => Labels): Tier {
  return {
    name: 'NetworkPolicy',
    rule(query) {
      const { subject, direction } = query;
      let isolated = false;
      for (const policy of policies.get(subject.namespace) ?? []) {
        const rules = policy[direction];
        if (rules === undefined || !policy.target.matches(subject.labels)) continue;
        if (rules.some((rule) => ruleAdmits(rule, policy.namespace, query, labelsOf))) return 'accept';
        isolated = true;
      }
      return isolated ? 'deny' : 'next';
    },
  };
}

import type { NetworkPolicy } from '../model/policy.ts';
import { idleRulesOf } from '../model/policy-types.ts';
import type { Oracle } from './oracle.ts';
import type { Query } from './tier.ts';

/** The policies that select the pod in question and have rules for the direction, but do not isolate in it. */
export function idlePolicies(oracle: Oracle, { subject, direction }: Query): readonly NetworkPolicy[] {
  return (oracle.compiled.get(subject.namespace) ?? [])
    .filter(({ target, source }) => idleRulesOf(source.spec).includes(direction) && target.matches(subject.labels))
    .map(({ source }) => source);
}

import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { Query } from '../../../../src/core/oracle/tier.ts';
import type { Fault } from '../fault.ts';
import { policyAdmits, type Semantics } from '../semantics.ts';

/** The same connection, asked of the pod at the other end; undefined where that is none. */
function fromTheOtherEnd(query: Query): Query | undefined {
  const { direction, subject, peer, address } = query;
  if (peer === undefined) return undefined;
  return {
    ...query,
    direction: direction === 'Ingress' ? 'Egress' : 'Ingress',
    subject: peer,
    peer: subject,
    address: { family: address.family, value: undefined },
    unknownMatches: false,
  };
}

/** Whether a policy isolates the other end too, and admits the connection there. */
function admitsThere(policy: NetworkPolicy, query: Query, semantics: Semantics): boolean {
  const other = fromTheOtherEnd(query);
  return other !== undefined && semantics.isolates(policy, other, semantics) && policyAdmits(policy, other, semantics);
}

const mixing = (id: string, what: string, direction: Query['direction']): Fault => ({
  id,
  what,
  reads: () => ({
    union: (policies, query, semantics) =>
      policies.some(
        (policy) =>
          policyAdmits(policy, query, semantics) ||
          (query.direction === direction && admitsThere(policy, query, semantics)),
      ),
  }),
});

/** Rules of both directions of a policy in one list, which the pods that it isolates share. */
export const DIRECTION_MUTANTS: readonly Fault[] = [
  mixing('received-so-sent', 'what a policy lets its pods receive of one another, it lets them send', 'Egress'),
  mixing('sent-so-received', 'what a policy lets its pods send to one another, it lets them receive', 'Ingress'),
];

import { policyTypesOf } from '../../../../src/core/model/policy-types.ts';
import type { Fault } from '../fault.ts';
import { policiesAs } from '../policy-edits.ts';
import { policyAdmits } from '../semantics.ts';

/** Faults of plugins with IPv6. */
export const FAMILY_FAULTS: readonly Fault[] = [
  {
    id: 'B136',
    what: 'policies do not hold for IPv6',
    wire: ({ outcome, cell }) => (cell.family === 'IPv6' ? 'open' : outcome),
  },
  {
    id: 'B139',
    what: 'for IPv6 rules count without their ports',
    reads: () => ({
      portAdmits: ({ protocol = 'TCP', port }, query) =>
        protocol === query.protocol && (query.address.family === 'IPv6' || port === undefined || port === query.port),
    }),
  },
  {
    id: 'B140',
    what: 'the default denial is installed for IPv4 only',
    reads: () => ({
      union: (policies, query, semantics) =>
        policies.some((policy) => policyAdmits(policy, query, semantics)) ||
        (query.address.family === 'IPv6' && policies.every((policy) => semantics.rules(policy, query).length === 0)),
    }),
  },
  {
    id: 'B138',
    what: 'under a denial neighbours are forgotten, and not found again',
    wire: ({ outcome, cell, seen, sinceMs }) =>
      cell.family === 'IPv6' && seen.policies.length > 0 && sinceMs > 60_000 ? 'dropped' : outcome,
  },
  {
    id: 'B142',
    what: 'with IPv6 a policy for incoming traffic drops outgoing traffic too',
    sees: policiesAs((policy) =>
      policyTypesOf(policy.spec).includes('Egress')
        ? policy
        : { ...policy, spec: { ...policy.spec, policyTypes: ['Ingress', 'Egress'] } },
    ),
  },
  {
    id: 'B143',
    what: 'policies are not applied to pods with IPv6',
    sees: (state) => ({ ...state, policies: [] }),
  },
];

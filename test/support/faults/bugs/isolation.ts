import { policyTypesOf } from '../../../../src/core/model/policy-types.ts';
import type { Fault } from '../fault.ts';
import { policiesAs } from '../policy-edits.ts';
import { goneSince } from '../questions.ts';
import { policyAdmits, soundRule } from '../semantics.ts';

/** Faults of plugins in what is isolated, and in how policies add up. */
export const ISOLATION_FAULTS: readonly Fault[] = [
  {
    id: 'B49',
    what: 'policyTypes is guessed from the lists of rules',
    sees: policiesAs((policy) => {
      const { ingress, egress } = policy.spec;
      const policyTypes = [ingress && ('Ingress' as const), egress && ('Egress' as const)].filter((type) => !!type);
      return policyTypes.length === 0 ? undefined : { ...policy, spec: { ...policy.spec, policyTypes } };
    }),
  },
  {
    id: 'B50',
    what: 'a list of egress rules isolates, whatever policyTypes says',
    sees: policiesAs((policy) => ({
      ...policy,
      spec: {
        ...policy.spec,
        policyTypes: [
          ...new Set([...policyTypesOf(policy.spec), ...(policy.spec.egress ? (['Egress'] as const) : [])]),
        ],
      },
    })),
  },
  {
    id: 'B52',
    what: 'the default denial of outgoing traffic is installed for incoming traffic',
    sees: policiesAs((policy) => {
      const bare = policyTypesOf(policy.spec).includes('Egress') && (policy.spec.egress ?? []).length === 0;
      return bare ? { ...policy, spec: { ...policy.spec, policyTypes: ['Ingress'] } } : policy;
    }),
  },
  {
    id: 'B53',
    what: 'a policy for incoming traffic drops outgoing traffic too',
    sees: policiesAs((policy) => ({ ...policy, spec: { ...policy.spec, policyTypes: ['Ingress', 'Egress'] } })),
  },
  {
    id: 'B54',
    what: 'when one of several policies is deleted, outgoing traffic of its pods is dropped',
    sees: (actual, { actual: before, notes }) => {
      for (const { metadata } of goneSince(before, actual)) notes.add(metadata.namespace);
      const cut = (namespace: string) => notes.has(namespace);
      return {
        ...actual,
        policies: actual.policies.map((policy) =>
          cut(policy.metadata.namespace) && !policyTypesOf(policy.spec).includes('Egress')
            ? { ...policy, spec: { ...policy.spec, policyTypes: ['Ingress', 'Egress'], egress: [] } }
            : policy,
        ),
      };
    },
  },
  {
    id: 'B56',
    what: 'an empty list of rules is not honoured',
    sees: policiesAs((policy) => {
      const { ingress = [], egress = [] } = policy.spec;
      return ingress.length + egress.length === 0 ? undefined : policy;
    }),
  },
  {
    id: 'B57',
    what: 'what the policies of the source allow is not asked of the destination',
    reads: (seen) => ({
      before: (query, semantics) => {
        if (query.direction === 'Egress' || query.peer === undefined) return undefined;
        const asked = { ...query, direction: 'Egress' as const, subject: query.peer, peer: query.subject };
        const own = seen.policies.filter((policy) => semantics.isolates(policy, asked, semantics));
        return own.some((policy) => policyAdmits(policy, asked, semantics)) ? true : undefined;
      },
    }),
  },
  {
    id: 'B150',
    what: 'of several pods of a node only the last is isolated',
    reads: ({ pods }) => ({
      isolates: (policy, query, semantics) => {
        const { subject, direction } = query;
        const chosen = (pod: typeof subject) =>
          pod.namespace === policy.metadata.namespace && semantics.selects(policy.spec.podSelector ?? {}, pod.labels);
        const last = pods.findLast((pod) => pod.node === subject.node && chosen(pod));
        return chosen(subject) && policyTypesOf(policy.spec).includes(direction) && last?.name === subject.name;
      },
    }),
  },
  {
    id: 'B151',
    what: 'inside a node policies for incoming traffic do not hold',
    reads: () => ({
      before: ({ direction, subject, peer }) =>
        direction === 'Ingress' && subject.node !== undefined && subject.node === peer?.node ? true : undefined,
    }),
  },
  {
    id: 'B58',
    what: 'the rules of a policy share their peers',
    reads: () => ({
      ruleAdmits: (rule, policy, query, semantics) =>
        semantics
          .rules(policy, query)
          .some(({ peers }) => soundRule({ ...rule, ...(peers && rule.peers && { peers }) }, policy, query, semantics)),
    }),
  },
];

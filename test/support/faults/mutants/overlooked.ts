import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { Labels } from '../../../../src/core/model/selector.ts';
import type { Fault } from '../fault.ts';
import { sameIn } from '../questions.ts';
import { policyAdmits, type Rule, soundPeer } from '../semantics.ts';

const written = (value: unknown): string => JSON.stringify(value) ?? '';
const namesPorts = ({ ports = [] }: Rule): boolean => ports.some(({ port }) => typeof port === 'string');

/** An update of a policy that leaves its `part` as it was is taken for none. */
const comparedBy = (id: string, what: string, part: (policy: NetworkPolicy) => unknown): Fault => ({
  id,
  what,
  sees: (actual, { seen }) => ({
    ...actual,
    policies: actual.policies.map((policy) => {
      const known = sameIn(seen, policy);
      return known !== undefined && written(part(known)) === written(part(policy)) ? known : policy;
    }),
  }),
});

/** Made-up ways of overlooking a change, a policy among others, or a protocol. */
export const OVERLOOKED_MUTANTS: readonly Fault[] = [
  comparedBy('compared-by-ingress', 'updates of policies with equal ingress rules are overlooked', ({ spec }) =>
    spec.ingress === undefined ? spec : [spec.podSelector, spec.policyTypes, spec.ingress],
  ),
  comparedBy('compared-by-egress', 'updates of policies with equal egress rules are overlooked', ({ spec }) =>
    spec.egress === undefined ? spec : [spec.podSelector, spec.policyTypes, spec.egress],
  ),
  {
    id: 'sixth-of-a-group',
    what: 'of the policies of a pod that have one selector the sixth by name is lost',
    reads: () => ({
      union: (policies, query, semantics) => {
        const groups = Map.groupBy(policies, ({ spec }) => written(spec.podSelector));
        return [...groups.values()].some((group) =>
          group
            .toSorted((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
            .some((policy, index) => index !== 5 && policyAdmits(policy, query, semantics)),
        );
      },
    }),
  },
  {
    id: 'named-ports-keep-peers',
    what: 'where a rule names ports, pods stay peers that are none any more by their labels',
    sees: (actual, { actual: before, notes }) => {
      for (const pod of before.pods) notes.add(`${fullName(pod)} ${written(pod.labels)}`);
      return actual;
    },
    reads: (_seen, notes) => ({
      ruleAdmits: (rule, policy, query, semantics) => {
        const { peers = [], ports = [] } = rule;
        const { peer: other } = query;
        const earlier =
          other === undefined
            ? []
            : [...notes]
                .filter((each) => each.startsWith(`${fullName(other)} `))
                .map((each) => JSON.parse(each.slice(fullName(other).length + 1)) as Labels);
        const asked =
          other && namesPorts(rule) ? earlier.map((labels) => ({ ...query, peer: { ...other, labels } })) : [];
        return (
          (ports.length === 0 || ports.some((port) => semantics.portAdmits(port, query, policy))) &&
          (peers.length === 0 ||
            peers.some((peer) => [query, ...asked].some((each) => soundPeer(peer, policy, each, semantics))))
        );
      },
    }),
  },
  {
    id: 'udp-past-egress',
    what: 'what a pod sends over UDP to the address of a Service is not under egress rules',
    wire: ({ outcome, cell, seen }) => {
      const isRewritten = cell.path === 'cluster-ip' && cell.protocol === 'UDP';
      const isTarget = seen.policies.some(
        ({ metadata, spec }) => cell.to.startsWith(`${metadata.namespace}/`) && spec.policyTypes?.includes('Ingress'),
      );
      return isRewritten && !isTarget ? 'open' : outcome;
    },
  },
];

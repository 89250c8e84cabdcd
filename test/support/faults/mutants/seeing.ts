import { fullName } from '../../../../src/core/model/pod-name.ts';
import { policyTypesOf } from '../../../../src/core/model/policy-types.ts';
import type { Fault } from '../fault.ts';
import { exceptionsAs, peersAs, policiesAs, portsAs, rulesAs, selectorsAs } from '../policy-edits.ts';
import { goneSince, keyOf, sameIn } from '../questions.ts';

/** Made-up ways of taking policies, or the cluster, for others than they are. */
export const SEEING_MUTANTS: readonly Fault[] = [
  {
    id: 'no-except',
    what: 'exceptions are ignored',
    sees: peersAs((peers) =>
      peers.map(({ ipBlock, ...rest }) => (ipBlock ? { ipBlock: { cidr: ipBlock.cidr } } : rest)),
    ),
  },
  {
    id: 'first-except',
    what: 'of several exceptions the first counts',
    sees: exceptionsAs((except) => except.slice(0, 1)),
  },
  {
    id: 'last-except',
    what: 'of several exceptions the last counts',
    sees: exceptionsAs((except) => except.slice(-1)),
  },
  { id: 'first-peer', what: 'of several peers the first counts', sees: peersAs((peers) => peers.slice(0, 1)) },
  { id: 'last-peer', what: 'of several peers the last counts', sees: peersAs((peers) => peers.slice(-1)) },
  { id: 'first-rule', what: 'of several rules the first counts', sees: rulesAs((rules) => rules.slice(0, 1)) },
  { id: 'last-rule', what: 'of several rules the last counts', sees: rulesAs((rules) => rules.slice(-1)) },
  { id: 'first-port', what: 'of several ports the first counts', sees: portsAs((ports) => ports.slice(0, 1)) },
  { id: 'last-port', what: 'of several ports the last counts', sees: portsAs((ports) => ports.slice(-1)) },
  { id: 'fifteen-ports', what: 'of a rule’s ports fifteen count', sees: portsAs((ports) => ports.slice(0, 15)) },
  {
    id: 'peers-ignored',
    what: 'peers are ignored',
    sees: rulesAs((rules) => rules.map(({ ports }) => ({ ...(ports && { ports }) }))),
  },
  {
    id: 'ports-ignored',
    what: 'ports are ignored',
    sees: rulesAs((rules) => rules.map(({ peers }) => ({ ...(peers && { peers }) }))),
  },
  {
    id: 'empty-peers-nobody',
    what: 'an empty list of peers admits nobody',
    sees: rulesAs((rules) => rules.filter(({ peers }) => peers === undefined || peers.length > 0)),
  },
  {
    id: 'empty-ports-none',
    what: 'an empty list of ports opens none',
    sees: rulesAs((rules) => rules.filter(({ ports }) => ports === undefined || ports.length > 0)),
  },
  {
    id: 'empty-rule-nobody',
    what: 'an empty rule admits nobody',
    sees: rulesAs((rules) => rules.filter(({ peers, ports }) => peers !== undefined || ports !== undefined)),
  },
  {
    id: 'namespace-selector-ignored',
    what: 'a peer’s namespace selector beside a pod selector is ignored',
    sees: peersAs((peers) =>
      peers.map((peer) => (peer.podSelector && peer.namespaceSelector ? { podSelector: peer.podSelector } : peer)),
    ),
  },
  {
    id: 'pod-selector-ignored',
    what: 'a peer’s pod selector beside a namespace selector is ignored',
    sees: peersAs((peers) =>
      peers.map((peer) =>
        peer.podSelector && peer.namespaceSelector ? { namespaceSelector: peer.namespaceSelector } : peer,
      ),
    ),
  },
  {
    id: 'pod-selectors-empty',
    what: 'pod selectors of peers are ignored',
    sees: selectorsAs((selector, place) => (place === 'pods' ? {} : selector)),
  },
  {
    id: 'target-ignored',
    what: 'a policy isolates every pod of its namespace',
    sees: selectorsAs((selector, place) => (place === 'target' ? {} : selector)),
  },
  {
    id: 'all-types',
    what: 'without policyTypes both directions are isolated',
    sees: policiesAs((policy) =>
      (policy.spec.policyTypes ?? []).length > 0
        ? policy
        : { ...policy, spec: { ...policy.spec, policyTypes: ['Ingress', 'Egress'] } },
    ),
  },
  {
    id: 'ingress-type-only',
    what: 'without policyTypes incoming traffic is isolated, whatever the rules',
    sees: policiesAs((policy) =>
      (policy.spec.policyTypes ?? []).length > 0
        ? policy
        : { ...policy, spec: { ...policy.spec, policyTypes: ['Ingress'] } },
    ),
  },
  {
    id: 'types-by-rules',
    what: 'without policyTypes the directions of the rules are isolated',
    sees: policiesAs((policy) => {
      const { policyTypes = [], ingress, egress } = policy.spec;
      const guessed = [ingress && ('Ingress' as const), egress && ('Egress' as const)].filter((each) => !!each);
      return policyTypes.length > 0 || guessed.length === 0
        ? policy
        : { ...policy, spec: { ...policy.spec, policyTypes: guessed } };
    }),
  },
  {
    id: 'first-type',
    what: 'of two policyTypes the first counts',
    sees: policiesAs((policy) => {
      const [first] = policyTypesOf(policy.spec);
      return first === undefined ? policy : { ...policy, spec: { ...policy.spec, policyTypes: [first] } };
    }),
  },
  {
    id: 'no-egress',
    what: 'outgoing traffic is not isolated',
    sees: policiesAs((policy) => {
      const types = policyTypesOf(policy.spec).filter((type) => type === 'Ingress');
      return types.length === 0 ? undefined : { ...policy, spec: { ...policy.spec, policyTypes: types } };
    }),
  },
  {
    id: 'no-ingress',
    what: 'incoming traffic is not isolated',
    sees: policiesAs((policy) => {
      const types = policyTypesOf(policy.spec).filter((type) => type === 'Egress');
      return types.length === 0 ? undefined : { ...policy, spec: { ...policy.spec, policyTypes: types } };
    }),
  },
  {
    id: 'one-policy-per-namespace',
    what: 'of a namespace’s policies the one made last is enforced',
    sees: (state) => ({
      ...state,
      policies: state.policies.filter(
        (policy) =>
          state.policies.findLast(({ metadata }) => metadata.namespace === policy.metadata.namespace) === policy,
      ),
    }),
  },
  {
    id: 'policies-by-name',
    what: 'of policies of one name in several namespaces the last one is enforced',
    sees: (state) => ({
      ...state,
      policies: state.policies.filter(
        (policy) => state.policies.findLast(({ metadata }) => metadata.name === policy.metadata.name) === policy,
      ),
    }),
  },
  {
    id: 'pods-by-name',
    what: 'pods of one name in several namespaces have the labels of the first',
    sees: (state) => ({
      ...state,
      pods: state.pods.map((pod) => ({
        ...pod,
        labels: state.pods.find(({ name }) => name === pod.name)?.labels ?? pod.labels,
      })),
    }),
  },
  {
    id: 'updates-ignored',
    what: 'a policy that is updated stays as it was',
    sees: policiesAs((policy, _state, { seen }) => sameIn(seen, policy) ?? policy),
  },
  {
    id: 'updates-merged',
    what: 'an update adds to the rules that were there',
    sees: policiesAs((policy, _state, { seen }) => {
      const old = sameIn(seen, policy);
      const { ingress = [], egress = [] } = old?.spec ?? {};
      return {
        ...policy,
        spec: {
          ...policy.spec,
          ...(policy.spec.ingress && { ingress: [...ingress, ...policy.spec.ingress] }),
          ...(policy.spec.egress && { egress: [...egress, ...policy.spec.egress] }),
        },
      };
    }),
  },
  {
    id: 'target-updates-ignored',
    what: 'an update changes rules, not the pods that a policy isolates',
    sees: policiesAs((policy, _state, { seen }) => {
      const { podSelector = policy.spec.podSelector } = sameIn(seen, policy)?.spec ?? {};
      return { ...policy, spec: { ...policy.spec, ...(podSelector && { podSelector }) } };
    }),
  },
  {
    id: 'type-updates-ignored',
    what: 'an update changes rules, not the directions that a policy isolates',
    sees: policiesAs((policy, _state, { seen }) => {
      const old = sameIn(seen, policy);
      return old === undefined ? policy : { ...policy, spec: { ...policy.spec, policyTypes: policyTypesOf(old.spec) } };
    }),
  },
  {
    id: 'old-targets-kept',
    what: 'pods that an update no longer selects stay isolated',
    sees: (actual, { actual: before, notes }) => {
      for (const policy of before.policies) {
        const now = sameIn(actual, policy);
        const changed = JSON.stringify(now?.spec.podSelector) !== JSON.stringify(policy.spec.podSelector);
        if (now !== undefined && changed) notes.add(JSON.stringify(policy));
      }
      const kept = [...notes].map((text) => JSON.parse(text) as (typeof actual.policies)[number]);
      return { ...actual, policies: [...actual.policies, ...kept.filter((each) => sameIn(actual, each))] };
    },
  },
  {
    id: 'deletions-ignored',
    what: 'a deleted policy stays enforced',
    sees: (actual, { seen }) => ({ ...actual, policies: [...actual.policies, ...goneSince(seen, actual)] }),
  },
  {
    id: 'deletion-of-all',
    what: 'with one policy all of its namespace go',
    sees: (actual, { actual: before, notes }) => {
      for (const gone of goneSince(before, actual)) {
        for (const each of actual.policies)
          if (each.metadata.namespace === gone.metadata.namespace) notes.add(keyOf(each));
      }
      return { ...actual, policies: actual.policies.filter((each) => !notes.has(keyOf(each))) };
    },
  },
  {
    id: 'deletion-by-name',
    what: 'with one policy those of its name in other namespaces go',
    sees: (actual, { actual: before, notes }) => {
      for (const { metadata } of goneSince(before, actual)) notes.add(metadata.name);
      return { ...actual, policies: actual.policies.filter(({ metadata }) => !notes.has(metadata.name)) };
    },
  },
  {
    id: 'added-labels-only',
    what: 'of a pod’s new labels those are noticed that are added',
    sees: (actual, { seen }) => ({
      ...actual,
      pods: actual.pods.map((pod) => ({
        ...pod,
        labels: { ...pod.labels, ...seen.pods.find((each) => fullName(each) === fullName(pod))?.labels },
      })),
    }),
  },
  {
    id: 'removed-namespace-labels-kept',
    what: 'labels taken from a namespace are kept',
    sees: (actual, { seen }) => ({
      ...actual,
      namespaces: actual.namespaces.map(({ name, labels }) => ({
        name,
        labels: { ...seen.namespaces.find((each) => each.name === name)?.labels, ...labels },
      })),
    }),
  },
  {
    id: 'relabelling-drops-policies',
    what: 'a pod whose labels change is forgotten by policies',
    sees: (actual, { actual: before, notes }) => {
      for (const pod of actual.pods) {
        const old = before.pods.find((each) => fullName(each) === fullName(pod));
        if (old && JSON.stringify(old.labels) !== JSON.stringify(pod.labels)) notes.add(fullName(pod));
      }
      return {
        ...actual,
        pods: actual.pods.map((pod) => (notes.has(fullName(pod)) ? { ...pod, labels: {} } : pod)),
      };
    },
  },
];

import { oracleDataplane } from '../../../../src/adapters/simulated/simulated-network.ts';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { NetworkPolicy } from '../../../../src/core/model/policy.ts';
import { policyTypesOf } from '../../../../src/core/model/policy-types.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import { isBehind, portOn } from '../../../../src/core/model/service-pods.ts';
import type { Fault, OnTheWire } from '../fault.ts';
import { peersAs, policiesAs } from '../policy-edits.ts';

/** The policies that isolate the source of an attempt. */
function onSource({ seen, cell }: OnTheWire): readonly NetworkPolicy[] {
  const pod = seen.pods.find((each) => fullName(each) === cell.from);
  if (pod === undefined) return [];
  return seen.policies.filter(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      policyTypesOf(spec).includes('Egress') &&
      selects(spec.podSelector ?? {}, pod.labels),
  );
}

function egressSelectors(policy: NetworkPolicy) {
  return (policy.spec.egress ?? []).flatMap(({ to = [] }) => to.flatMap(({ podSelector }) => podSelector ?? []));
}

const withoutEgress = ({ policies, ...rest }: ClusterState): ClusterState => ({
  ...rest,
  policies: policies.map((policy) => {
    const policyTypes = policyTypesOf(policy.spec).filter((type) => type === 'Ingress');
    const nobody = { podSelector: { matchLabels: { 'lost.example/target': 'yes' } } };
    return { ...policy, spec: { ...policy.spec, ...(policyTypes.length === 0 && nobody), policyTypes } };
  }),
});

/** Faults of plugins that depend on names, and on the path through a Service. */
export const NAME_AND_SERVICE_FAULTS: readonly Fault[] = [
  {
    id: 'B113',
    what: 'what comes in by a NodePort passes every policy',
    wire: ({ outcome, cell }) => (cell.path === 'node-port' ? 'open' : outcome),
  },
  {
    id: 'B148',
    what: 'rules beyond the 255th of a node replace others',
    sees: (state) => ({ ...state, policies: state.policies.slice(-255) }),
  },
  {
    id: 'B149',
    what: 'a pod that only the last slice of a long list names is forgotten',
    sees: peersAs((peers) => peers.slice(0, 1000)),
  },
  {
    id: 'B48',
    what: 'a Service leads past a rule to a backend whose port is another',
    wire: ({ seen, cell, outcome }) => {
      const service = seen.services.find((each) => fullName(each) === cell.to);
      const port = service?.ports.find((each) => each.port === cell.port);
      if (cell.path !== 'cluster-ip' || service === undefined || port === undefined) return outcome;
      const direct = oracleDataplane(seen);
      const verdicts = seen.pods
        .filter((pod) => isBehind(service, pod))
        .map((pod) => direct({ ...cell, to: fullName(pod), port: portOn(pod, port) ?? port.port, path: 'pod-ip' }));
      return new Set(verdicts).size > 1 ? 'misrouted' : outcome;
    },
  },
  {
    id: 'B110',
    what: 'a policy with a name of more than a hundred letters is not applied',
    sees: policiesAs((policy) => (policy.metadata.name.length > 100 ? undefined : policy)),
  },
  {
    id: 'B111',
    what: 'a policy whose name begins with a digit is not applied',
    sees: policiesAs((policy) => (/^\d/.test(policy.metadata.name) ? undefined : policy)),
  },
  {
    id: 'B120',
    what: 'a pod that is among the destinations of its own policy does not reach their Service',
    wire: (attempt) => {
      const { seen, cell, outcome } = attempt;
      const labels = seen.pods.find((each) => fullName(each) === cell.from)?.labels ?? {};
      const own = onSource(attempt).some((policy) => egressSelectors(policy).some((each) => selects(each, labels)));
      return cell.path === 'cluster-ip' && own ? 'dropped' : outcome;
    },
  },
  {
    id: 'B121',
    what: 'a Service whose selector is not that of the policy is not reached',
    wire: (attempt) => {
      const { seen, cell, outcome } = attempt;
      const service = seen.services.find((each) => fullName(each) === cell.to);
      const asked = onSource(attempt).flatMap(egressSelectors);
      const unlike = asked.every(
        ({ matchLabels }) => JSON.stringify(matchLabels) !== JSON.stringify(service?.selector),
      );
      return cell.path === 'cluster-ip' && asked.length > 0 && unlike ? 'dropped' : outcome;
    },
  },
  {
    id: 'B124',
    what: 'a pod under a policy is not reached through its Service',
    wire: ({ seen, cell, outcome }) => {
      const service = seen.services.find((each) => fullName(each) === cell.to);
      const isolated = seen.policies.some(({ metadata }) => metadata.namespace === service?.namespace);
      return cell.path === 'cluster-ip' && isolated ? 'dropped' : outcome;
    },
  },
  {
    id: 'B125',
    what: 'policies for outgoing traffic do not hold for Services',
    wire: ({ seen, cell, outcome }) =>
      cell.path === 'cluster-ip' ? oracleDataplane(withoutEgress(seen))(cell) : outcome,
  },
];

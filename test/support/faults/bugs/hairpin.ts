import { oracleDataplane } from '../../../../src/adapters/simulated/simulated-network.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { PolicyType } from '../../../../src/core/model/policy.ts';
import { policyTypesOf } from '../../../../src/core/model/policy-types.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Service } from '../../../../src/core/model/service.ts';
import { isBehind, portOn } from '../../../../src/core/model/service-pods.ts';
import type { Fault, OnTheWire } from '../fault.ts';

/** The pod that dials a Service which it is behind, with that Service; undefined for other attempts. */
function hairpinOf({ seen, cell }: OnTheWire): { readonly pod: Pod; readonly service: Service } | undefined {
  const service = seen.services.find((each) => fullName(each) === cell.to);
  const pod = seen.pods.find((each) => fullName(each) === cell.from);
  if (cell.path !== 'cluster-ip' || service === undefined || pod === undefined) return undefined;
  return isBehind(service, pod) ? { pod, service } : undefined;
}

function isIsolated({ seen }: OnTheWire, pod: Pod, types: readonly PolicyType[]): boolean {
  return seen.policies.some(
    ({ metadata, spec }) =>
      metadata.namespace === pod.namespace &&
      selects(spec.podSelector ?? {}, pod.labels) &&
      types.every((type) => policyTypesOf(spec).includes(type)),
  );
}

/** An address that is no pod's: that of the node, which hairpin traffic gets on its way. */
const MASQUERADE = { name: 'outside/masquerade', ips: ['192.0.2.1', '2001:db8::1'] };

/** Faults of plugins in what a pod sends to itself through a Service. */
export const HAIRPIN_FAULTS: readonly Fault[] = [
  {
    id: 'B116',
    what: 'an isolated pod does not reach itself through its own Service',
    wire: (attempt) => {
      const hairpin = hairpinOf(attempt);
      return hairpin && isIsolated(attempt, hairpin.pod, ['Ingress', 'Egress']) ? 'dropped' : attempt.outcome;
    },
  },
  {
    id: 'B117',
    what: 'what comes back to a pod through its own Service is stopped by its ingress isolation',
    wire: (attempt) => {
      const hairpin = hairpinOf(attempt);
      return hairpin && isIsolated(attempt, hairpin.pod, ['Ingress']) ? 'dropped' : attempt.outcome;
    },
  },
  {
    id: 'B118',
    what: 'what comes back to a pod through its own Service is judged by the address that it got on the way',
    wire: (attempt) => {
      const { seen, cell, outcome } = attempt;
      const hairpin = hairpinOf(attempt);
      const port = hairpin?.service.ports.find((each) => each.port === cell.port && each.protocol === cell.protocol);
      if (hairpin === undefined || port === undefined) return outcome;
      const masked = oracleDataplane({ ...seen, hosts: [MASQUERADE] });
      const to = { to: fullName(hairpin.pod), port: portOn(hairpin.pod, port) ?? port.port };
      return masked({ ...cell, ...to, from: MASQUERADE.name, path: 'pod-ip' });
    },
  },
];

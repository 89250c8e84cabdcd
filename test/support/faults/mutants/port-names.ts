import { oracleDataplane } from '../../../../src/adapters/simulated/simulated-network.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { PolicyPort, PolicyType } from '../../../../src/core/model/policy.ts';
import { selects } from '../../../../src/core/model/selection.ts';
import type { Service } from '../../../../src/core/model/service.ts';
import { portAdmits } from '../../../../src/core/oracle/reference.ts';
import type { Fault, OnTheWire } from '../fault.ts';
import { allRules, newPodsSince } from '../questions.ts';
import { rulesOf, soundIsolation, soundRule } from '../semantics.ts';

const isName = ({ port }: PolicyPort): boolean => typeof port === 'string';

/** Names of later pods are not known in this direction. */
const late = (id: string, what: string, of: PolicyType): Fault => ({
  id,
  what,
  sees: (actual, { actual: before, notes }) => {
    for (const name of newPodsSince(before, actual)) notes.add(name);
    return actual;
  },
  reads: (_seen, notes) => ({
    portAdmits: (port, query) =>
      portAdmits(port, query) &&
      !(isName(port) && query.direction === of && query.destination && notes.has(fullName(query.destination))),
  }),
});

/** What goes by the address of a Service has another outcome. */
const throughServices = (
  id: string,
  what: string,
  outcome: (attempt: OnTheWire, service: Service) => OnTheWire['outcome'],
): Fault => ({
  id,
  what,
  wire: (attempt) => {
    const service = attempt.seen.services.find((each) => fullName(each) === attempt.cell.to);
    return attempt.cell.path === 'cluster-ip' && service !== undefined ? outcome(attempt, service) : attempt.outcome;
  },
});

/** Made-up ways of going wrong with the names of ports, and with Services that have several ports. */
export const PORT_NAME_MUTANTS: readonly Fault[] = [
  {
    id: 'nameless-open',
    what: 'a rule whose port names nobody has lets its peers in on every port',
    reads: () => ({
      ruleAdmits: ({ peers = [], ports = [] }, policy, query, semantics) => {
        const known = ({ port, protocol = 'TCP' }: PolicyPort): boolean =>
          query.destination?.ports.some((each) => each.name === port && each.protocol === protocol) === true;
        const isOpen = peers.length > 0 && ports.every((port) => isName(port) && !known(port));
        return soundRule(isOpen ? { peers } : { peers, ports }, policy, query, semantics);
      },
    }),
  },
  late('late-names-in', 'names of pods that come later are not known for incoming traffic', 'Ingress'),
  late('late-names-out', 'names of pods that come later are not known for outgoing traffic', 'Egress'),
  {
    id: 'names-of-other-targets',
    what: 'a name is also what the pods of another policy that has it call so',
    reads: ({ pods, policies }) => ({
      portAdmits: (port, query) => {
        if (portAdmits(port, query) || !isName(port) || query.direction === 'Egress') return portAdmits(port, query);
        const others = policies.filter((policy) =>
          allRules(policy).some(({ ports = [] }) => ports.some((each) => each.port === port.port)),
        );
        const targets = pods.filter((subject) =>
          others.some(
            (policy) =>
              soundIsolation(policy, { ...query, subject }, { selects }) && !soundIsolation(policy, query, { selects }),
          ),
        );
        return targets.some((destination) => portAdmits(port, { ...query, destination }));
      },
    }),
  },
  {
    id: 'names-of-other-destinations',
    what: 'a name for outgoing traffic is what the destinations of any policy that has it call so',
    reads: ({ policies }) => ({
      ruleAdmits: (rule, policy, query, semantics) => {
        const { peers = [], ports = [] } = rule;
        if (query.direction === 'Ingress' || !ports.some(isName)) return soundRule(rule, policy, query, semantics);
        const others = policies
          .filter(({ metadata }) => metadata.namespace === policy.metadata.namespace)
          .flatMap((each) => rulesOf(each, query))
          .filter((each) => each.ports?.some((port) => ports.some((own) => own.port === port.port)));
        const all = others.some((each) => each.peers === undefined) ? [] : others.flatMap((each) => each.peers ?? []);
        return soundRule({ peers: peers.length === 0 ? [] : all, ports }, policy, query, semantics);
      },
    }),
  },
  throughServices('one-port-of-services', 'of the ports of a Service the first leads to pods', (attempt, { ports }) =>
    ports[0]?.port === attempt.cell.port ? attempt.outcome : 'dropped',
  ),
  throughServices('ports-of-services', 'where a port of a Service is open all are', ({ seen, cell }, { ports }) => {
    const outcomes = ports.map(({ port, protocol }) => oracleDataplane(seen)({ ...cell, port, protocol }));
    return outcomes.find((outcome) => outcome === 'open') ?? 'dropped';
  }),
];

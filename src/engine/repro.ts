import type { Cell } from '../core/matrix/cell.ts';
import { fullName, splitName } from '../core/model/pod-name.ts';
import type { IpFamily } from '../core/model/protocol.ts';
import type { Labels } from '../core/model/selector.ts';
import { initialPodLabels, podLabelsAfter } from '../core/scenario/pod-labels.ts';
import { type Population, populationAfter } from '../core/scenario/population.ts';
import { type Change, hostName, type Scenario, type ScenarioService } from '../core/scenario/scenario.ts';

/** Image of the pod that a reproducer starts: has BusyBox wget and nc. */
const REPRO_IMAGE = 'alpine:3.22';

/** When a cell is repeated: after so many of its scenario's changes. */
export interface ReproMoment {
  readonly scenario: Scenario;
  readonly changes: readonly Change[];
}

/**
 * A shell command that repeats a cell's attempt where the scenario's pods and policies stand under their own names: a
 * throw-away pod with the source's labels dials the destination. Where kubectl alone cannot do it, a sentence that says
 * why, and what can.
 */
export function reproOf(cell: Cell, { scenario, changes }: ReproMoment): string {
  if (cell.path === 'kubelet') return describeOf(cell);
  const obstacle = obstacleTo(cell, scenario);
  if (obstacle !== undefined) {
    return `no kubectl command repeats it, for ${obstacle}; "netproof run ${scenario.id}" sets everything up and dials again`;
  }
  const population = changes.reduce<Population>(populationAfter, scenario);
  const labels = podLabelsAfter(initialPodLabels(scenario), changes).get(cell.from) ?? {};
  const { namespace } = splitName(cell.from);
  const options = [...labelOption(labels), ...overrides(cell, population)].map((option) => ` ${option}`).join('');
  return (
    `kubectl -n ${namespace} run repro --rm -i --restart=Never --image=${REPRO_IMAGE}${options} -- ` +
    `sh -c '${dialOf(cell, population)}'`
  );
}

/** Nobody but the kubelet does what a kubelet does; what it says of the pod are the pod's events. */
function describeOf({ to }: Cell): string {
  const { namespace, name } = splitName(to);
  return `kubectl -n ${namespace} describe pod ${name}`;
}

function obstacleTo({ from, to, path, protocol }: Cell, { outside = [] }: Scenario): string | undefined {
  const host = outside.map(hostName).find((name) => name === from || (path === 'outside' && name === to));
  if (host !== undefined) return `${host} is a host outside the cluster, which was there for the run only`;
  return protocol === 'SCTP' ? 'no program of the image speaks SCTP' : undefined;
}

function labelOption(labels: Labels): readonly string[] {
  return Object.keys(labels).length === 0 ? [] : [`--labels='${pairsOf(labels)}'`];
}

/** What makes the pod like its source where that matters: on its node, and in its node's network. */
function overrides({ from, path }: Cell, { pods }: Population): readonly string[] {
  const hostNetwork = pods.some((pod) => fullName(pod) === from && pod.hostNetwork === true);
  if (!hostNetwork && path !== 'node') return [];
  const network = hostNetwork ? '"hostNetwork":true,' : '';
  const node = asked({ ...splitName(from), kind: 'pod', field: '.spec.nodeName' });
  return [`--overrides='{"apiVersion":"v1","spec":{${network}"nodeName":"${node}"}}'`];
}

function dialOf(cell: Cell, { services }: Population): string {
  const service = services.find((each) => fullName(each) === cell.to);
  const host = hostOf(cell, service);
  const port = portOf(cell, service);
  // The kubelet speaks TLS to those it knows: that the connection comes about is all that there is to see.
  if (cell.path === 'node') return `nc -zv -w 2 ${host} ${port}`;
  if (cell.protocol === 'UDP') return `echo netproof | timeout 2 nc -u -w 2 ${host} ${port}`;
  const literal = cell.family === 'IPv6' && cell.path !== 'dns';
  return `wget -qO- --timeout=2 http://${literal ? `[${host}]` : host}:${port}`;
}

function hostOf({ to, path, family }: Cell, service: ScenarioService | undefined): string {
  const { namespace, name } = splitName(to);
  switch (path) {
    case 'dns':
      return `${name}.${namespace}`;
    case 'cluster-ip':
      return address(family, { namespace, name, kind: 'service' }, ['.spec.clusterIP', '.spec.clusterIPs[*]']);
    case 'pod-ip':
      return address(family, { namespace, name, kind: 'pod' }, ['.status.podIP', '.status.podIPs[*].ip']);
    case 'host-port':
    case 'node':
      return address(family, { namespace, name, kind: 'pod' }, ['.status.hostIP', '.status.hostIPs[*].ip']);
    case 'node-port': {
      const selected = `-l ${pairsOf(service?.selector ?? {})}`;
      const backend = '.items[0].status';
      const fields = [`${backend}.hostIP`, `${backend}.hostIPs[*].ip`] as const;
      return address(family, { namespace, name: selected, kind: 'pods' }, fields);
    }
    case 'outside':
    case 'kubelet':
      return to;
  }
}

/** What is dialled of a NodePort has a number that the cluster chose. */
function portOf({ to, port, protocol, path }: Cell, service: ScenarioService | undefined): string {
  if (path !== 'node-port') return String(port);
  const index = service?.ports.findIndex((each) => each.port === port && each.protocol === protocol) ?? 0;
  return asked({ ...splitName(to), kind: 'service', field: `.spec.ports[${index}].nodePort` });
}

/** The address of the family, from the field with the first one or from that with those of all families. */
function address(
  family: IpFamily,
  object: Omit<Question, 'field'>,
  [first, all]: readonly [first: string, all: string],
): string {
  if (family === 'IPv4') return asked({ ...object, field: first });
  return asked({ ...object, field: all, filter: ' | tr " " "\\n" | grep :' });
}

/** A field of an object in the cluster. */
interface Question {
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly field: string;
  /** Shell that picks from the answer. */
  readonly filter?: string;
}

/** Shell that leaves the quotes around it and puts in what the API server answers. */
function asked({ namespace, kind, name, field, filter = '' }: Question): string {
  return `'"$(kubectl -n ${namespace} get ${kind} ${name} -o jsonpath='{${field}}'${filter})"'`;
}

function pairsOf(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
}

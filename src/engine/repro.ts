import type { Cell } from '../core/matrix/cell.ts';
import { fullName, splitName } from '../core/model/pod-name.ts';
import type { Scenario } from '../core/scenario/scenario.ts';

/** Image of the pod that a reproducer starts: has BusyBox wget and nc. */
const REPRO_IMAGE = 'alpine:3.22';

/**
 * A shell command that repeats a cell's attempt where the scenario's pods and policies stand under their own names:
 * a throw-away pod with the source's labels dials the destination.
 */
export function reproOf(cell: Cell, scenario: Scenario): string {
  if (cell.path === 'kubelet') return describeOf(cell);
  const from = splitName(cell.from);
  const labels = scenario.pods.find((pod) => fullName(pod) === cell.from)?.labels ?? {};
  const pairs = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  const labelOption = pairs.length === 0 ? '' : ` --labels='${pairs.join(',')}'`;
  return (
    `kubectl -n ${from.namespace} run repro --rm -i --restart=Never --image=${REPRO_IMAGE}${labelOption} -- ` +
    `sh -c '${dialOf(cell)}'`
  );
}

/** Nobody but the kubelet does what a kubelet does; what it says of the pod are the pod's events. */
function describeOf({ to }: Cell): string {
  const { namespace, name } = splitName(to);
  return `kubectl -n ${namespace} describe pod ${name}`;
}

function dialOf(cell: Cell): string {
  const host = hostExpression(cell);
  if (cell.protocol === 'UDP') return `echo netproof | timeout 2 nc -u -w 2 ${host} ${cell.port}`;
  return `wget -qO- --timeout=2 http://${host}:${cell.port}`;
}

function hostExpression({ to, path, family }: Cell): string {
  const { namespace, name } = splitName(to);
  if (path === 'dns') return `${name}.${namespace}`;
  if (path === 'cluster-ip') return `'"$(kubectl -n ${namespace} get service ${name} -o jsonpath={.spec.clusterIP})"'`;
  const address = `'"$(kubectl -n ${namespace} get pod ${name} -o jsonpath={.status.podIP})"'`;
  return family === 'IPv6' ? `[${address}]` : address;
}

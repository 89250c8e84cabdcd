import { type Backend, portKey, type Span } from '../core/judge/record.ts';
import type { Cell } from '../core/matrix/cell.ts';
import { fullName } from '../core/model/pod-name.ts';
import { isBehind, portOn, takesTraffic } from '../core/model/service-pods.ts';
import type { PlannedCell } from '../core/scenario/planned-step.ts';
import type { PodLabels } from '../core/scenario/pod-labels.ts';
import type { Scenario } from '../core/scenario/scenario.ts';

/** A pod behind a Service's port, before it is known when it was ready. */
export type Endpoint = Omit<Backend, 'ready'>;

/**
 * The pods behind every port of a Service (API: `Service.spec.selector`, `targetPort`) or of a host (`hostPort`) that a
 * cell dials, by `portKey`.
 */
export function endpointsOf(
  scenario: Scenario,
  labels: PodLabels,
  cells: readonly Cell[],
): ReadonlyMap<string, readonly Endpoint[]> {
  return new Map(
    cells.flatMap((cell): readonly [string, readonly Endpoint[]][] => {
      if (cell.path === 'host-port') return [[portKey(cell), behindHostPort(scenario, cell)]];
      const isService = cell.path === 'cluster-ip' || cell.path === 'dns' || cell.path === 'node-port';
      return isService ? [[portKey(cell), endpointsOfPort(scenario, labels, cell)]] : [];
    }),
  );
}

function behindHostPort({ pods }: Scenario, { to, port, protocol }: Cell): readonly Endpoint[] {
  const ports = pods.find((pod) => fullName(pod) === to)?.ports ?? [];
  return ports
    .filter(({ hostPort, protocol: own }) => hostPort === port && own === protocol)
    .map((bound) => ({ pod: to, port: bound.port }));
}

function endpointsOfPort({ services, pods }: Scenario, labels: PodLabels, cell: Cell): readonly Endpoint[] {
  const service = services.find((each) => fullName(each) === cell.to);
  const servicePort = service?.ports.find(({ port, protocol }) => port === cell.port && protocol === cell.protocol);
  if (service === undefined || servicePort === undefined) return [];
  return pods.filter(takesTraffic).flatMap((scenarioPod) => {
    const pod = fullName(scenarioPod);
    const port = service.headless ? cell.port : portOn(scenarioPod, servicePort);
    const behind = isBehind(service, { namespace: scenarioPod.namespace, labels: labels.get(pod) ?? {} });
    return behind && port !== undefined ? [{ pod, port }] : [];
  });
}

/**
 * The cells with the pods that stood behind their Service before the step and do not after it: until kube-proxy has heard
 * of it, connections still lead to them.
 */
export function withLeaving(
  cells: readonly PlannedCell[],
  before: ReadonlyMap<string, readonly Endpoint[]>,
  after: ReadonlyMap<string, readonly Endpoint[]>,
): readonly PlannedCell[] {
  return cells.map((planned) => {
    const key = portKey(planned.cell);
    const staying = new Set(after.get(key)?.map(({ pod }) => pod));
    const leaving = (before.get(key) ?? []).map(({ pod }) => pod).filter((pod) => !staying.has(pod));
    return leaving.length === 0 ? planned : { ...planned, leaving };
  });
}

/** The endpoints with the span in which all of `readyPods` were ready. */
export function backendsOf(
  endpoints: ReadonlyMap<string, readonly Endpoint[]>,
  readyPods: ReadonlySet<string>,
  span: Span,
): ReadonlyMap<string, readonly Backend[]> {
  return new Map(
    [...endpoints].map(([key, list]) => [
      key,
      list.map((endpoint) => ({ ...endpoint, ready: readyPods.has(endpoint.pod) ? [span] : [] })),
    ]),
  );
}

import { type Backend, portKey, type Span } from '../core/judge/record.ts';
import type { Cell } from '../core/matrix/cell.ts';
import { fullName } from '../core/model/pod-name.ts';
import { isBehind, portOn } from '../core/model/service-pods.ts';
import type { PodLabels } from '../core/scenario/pod-labels.ts';
import type { Scenario } from '../core/scenario/scenario.ts';

/** A pod behind a Service's port, before it is known when it was ready. */
export type Endpoint = Omit<Backend, 'ready'>;

/** The pods behind every Service port that a cell dials (API: `Service.spec.selector`, `targetPort`), by `portKey`. */
export function endpointsOf(
  scenario: Scenario,
  labels: PodLabels,
  cells: readonly Cell[],
): ReadonlyMap<string, readonly Endpoint[]> {
  const dialled = cells.filter(({ path }) => path === 'cluster-ip' || path === 'dns' || path === 'node-port');
  return new Map(dialled.map((cell) => [portKey(cell), endpointsOfPort(scenario, labels, cell)]));
}

function endpointsOfPort({ services, pods }: Scenario, labels: PodLabels, cell: Cell): readonly Endpoint[] {
  const service = services.find((each) => fullName(each) === cell.to);
  const servicePort = service?.ports.find(({ port, protocol }) => port === cell.port && protocol === cell.protocol);
  if (service === undefined || servicePort === undefined) return [];
  return pods
    .filter(({ terminating }) => !terminating)
    .flatMap((scenarioPod) => {
      const pod = fullName(scenarioPod);
      const port = service.headless ? cell.port : portOn(scenarioPod, servicePort);
      const behind = isBehind(service, { namespace: scenarioPod.namespace, labels: labels.get(pod) ?? {} });
      return behind && port !== undefined ? [{ pod, port }] : [];
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

import { type Backend, portKey, type Span } from '../core/judge/record.ts';
import type { Cell } from '../core/matrix/cell.ts';
import type { Labels } from '../core/model/selector.ts';
import type { Change, Scenario, ScenarioPod } from '../core/scenario/scenario.ts';

/** Labels of a scenario's pods (`namespace/name`) as steps change them. */
export type PodLabels = ReadonlyMap<string, Labels>;

/** The pods' labels before the first step. */
export function initialLabels(scenario: Scenario): PodLabels {
  return new Map(scenario.pods.map((pod) => [`${pod.namespace}/${pod.name}`, pod.labels]));
}

/** The pods' labels after a step's changes. */
export function labelsAfter(labels: PodLabels, changes: readonly Change[]): PodLabels {
  const next = new Map(labels);
  for (const change of changes) {
    if (change.kind !== 'label-pod') continue;
    const entries = Object.entries({ ...next.get(change.pod), ...change.labels });
    next.set(change.pod, Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null)));
  }
  return next;
}

/** A pod behind a Service's port, before it is known when it was ready. */
export type Endpoint = Omit<Backend, 'ready'>;

/** The pods behind every Service port that a cell dials (API: `Service.spec.selector`, `targetPort`), by `portKey`. */
export function endpointsOf(
  scenario: Scenario,
  labels: PodLabels,
  cells: readonly Cell[],
): ReadonlyMap<string, readonly Endpoint[]> {
  const dialled = cells.filter(({ path }) => path === 'cluster-ip' || path === 'dns');
  return new Map(dialled.map((cell) => [portKey(cell), endpointsOfPort(scenario, labels, cell)]));
}

function endpointsOfPort(scenario: Scenario, labels: PodLabels, cell: Cell): readonly Endpoint[] {
  const service = scenario.services.find(({ namespace, name }) => `${namespace}/${name}` === cell.to);
  const servicePort = service?.ports.find(({ port, protocol }) => port === cell.port && protocol === cell.protocol);
  if (service === undefined || servicePort === undefined) return [];
  const target = servicePort.targetPort ?? servicePort.port;
  return scenario.pods
    .filter((pod) => pod.namespace === service.namespace && isSelected(service.selector, labels.get(nameOf(pod)) ?? {}))
    .flatMap((pod) => {
      const port = typeof target === 'number' ? target : namedPort(pod, target, cell);
      return port === undefined ? [] : [{ pod: nameOf(pod), port }];
    });
}

function nameOf({ namespace, name }: ScenarioPod): string {
  return `${namespace}/${name}`;
}

function isSelected(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function namedPort(pod: ScenarioPod, name: string, { protocol }: Cell): number | undefined {
  return pod.ports.find((port) => port.name === name && port.protocol === protocol)?.port;
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

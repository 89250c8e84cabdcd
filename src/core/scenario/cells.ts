import type { Cell, Path, ProbeMethod } from '../matrix/cell.ts';
import { matcherOf, parsePattern } from '../matrix/pattern.ts';
import { fullName } from '../model/pod-name.ts';
import type { IpFamily, Protocol } from '../model/protocol.ts';
import { isBehind } from '../model/service-pods.ts';
import { cellsFromKubelet } from './kubelet-probes.ts';
import { cellsToNodes } from './node-cells.ts';
import { cellsFromOutside, cellsToOutside } from './outside-cells.ts';
import { initialPodLabels, podLabelsAfter } from './pod-labels.ts';
import { hasNodePort, type Scenario, type ScenarioPod, type ScenarioService } from './scenario.ts';

/**
 * The cells of a scenario, the same in all its steps: agents probe every served port of every other pod (`pod-ip`), of
 * every host outside, and every Service port by the scenario's other paths; hosts outside probe pods and NodePorts; alpine
 * pods run wget against every TCP port of Services; kubelets ask the pods that want it. A pod's own ports and Services that it backs in some step are left out:
 * Kubernetes leaves open what reaching oneself comes to.
 * Of these only those that the scenario's `cells` match, where it has such.
 */
export function cellsOf(scenario: Scenario, families: readonly IpFamily[]): readonly Cell[] {
  const all = allCellsOf(scenario, families);
  if (scenario.cells === undefined) return all;
  const patterns = scenario.cells.map(({ pattern }) => parsePattern(pattern)).filter((each) => each !== undefined);
  const matchers = patterns.map(matcherOf);
  return all.filter((cell) => matchers.some((matches) => matches(cell)));
}

/** The cells that the pods and Services of a scenario have, probed or not. */
export function allCellsOf(scenario: Scenario, families: readonly IpFamily[]): readonly Cell[] {
  const backers = backersOf(scenario);
  return scenario.pods
    .flatMap((pod) =>
      pod.probes === undefined
        ? []
        : families.flatMap((family) => [
            ...podCells(scenario, pod, pod.probes, family),
            ...serviceCells(scenario, pod, pod.probes, family, backers),
            ...cellsToOutside(scenario, pod, family),
            ...cellsToNodes(scenario, pod, family),
          ]),
    )
    .concat(families.flatMap((family) => cellsFromOutside(scenario, family)))
    .concat(families.slice(0, 1).flatMap((family) => cellsFromKubelet(scenario, family)));
}

function podCells(
  { pods, paths }: Scenario,
  source: ScenarioPod,
  method: ProbeMethod | undefined,
  family: IpFamily,
): readonly Cell[] {
  if (method !== 'agent' || !paths.includes('pod-ip')) return [];
  const from = fullName(source);
  return pods
    .filter((pod) => pod !== source)
    .flatMap((pod) =>
      pod.ports.map(({ port, protocol }): Cell => {
        return { from, to: fullName(pod), port, protocol, path: 'pod-ip', family, method };
      }),
    );
}

function serviceCells(
  { services, paths, wgetPath }: Scenario,
  source: ScenarioPod,
  method: ProbeMethod | undefined,
  family: IpFamily,
  backers: ReadonlyMap<ScenarioService, ReadonlySet<string>>,
): readonly Cell[] {
  if (method === undefined) return [];
  const from = fullName(source);
  const ways: readonly Path[] =
    method === 'wget'
      ? wgetPath
      : paths.filter((path) => path === 'cluster-ip' || path === 'dns' || path === 'node-port');
  const dials = (protocol: Protocol) => method === 'agent' || protocol === 'TCP';
  return services
    .filter((service) => !backers.get(service)?.has(from))
    .flatMap((service) =>
      service.ports
        .filter(({ protocol }) => dials(protocol))
        .flatMap(({ port, protocol }) =>
          waysTo(service, ways).map(
            (path): Cell => ({ from, to: fullName(service), port, protocol, path, family, method }),
          ),
        ),
    );
}

/** A headless Service has no address, only its name. */
function waysTo(service: ScenarioService, ways: readonly Path[]): readonly Path[] {
  if (service.headless) return ways.filter((path) => path === 'dns');
  return hasNodePort(service) ? ways : ways.filter((path) => path !== 'node-port');
}

/** The pods that each Service selects, before or after any step. */
function backersOf({ services, pods, steps }: Scenario): ReadonlyMap<ScenarioService, ReadonlySet<string>> {
  let labels = initialPodLabels({ pods });
  const backers = new Map(services.map((service) => [service, new Set<string>()]));
  const collect = () => {
    for (const [service, names] of backers) {
      for (const { namespace, name } of pods) {
        const full = fullName({ namespace, name });
        if (isBehind(service, { namespace, labels: labels.get(full) ?? {} })) names.add(full);
      }
    }
  };
  collect();
  for (const { changes } of steps) {
    labels = podLabelsAfter(labels, changes);
    collect();
  }
  return backers;
}

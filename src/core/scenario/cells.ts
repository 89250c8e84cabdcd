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
 * pods run wget against every TCP port of Services, and those that dial from their first instant against that of pods too;
 * kubelets ask the pods that want it. Pending pods have none. Of these only those that the scenario's `cells` match, where it has such. A pod's own
 * ports, and Services that it backs in some step, are probed where the scenario's `self` matches them.
 */
export function cellsOf(scenario: Scenario, families: readonly IpFamily[]): readonly Cell[] {
  const { cells, self = [] } = scenario;
  const all = allCellsOf(scenario, families);
  return [
    ...(cells === undefined ? all : matching(cells, all)),
    ...(self.length === 0 ? [] : matching(self, selfCellsOf(scenario, families))),
  ];
}

/** The cells that a pattern stands for, those of several patterns each once. */
function matching(lines: readonly { readonly pattern: string }[], cells: readonly Cell[]): readonly Cell[] {
  const patterns = lines.map(({ pattern }) => parsePattern(pattern)).filter((each) => each !== undefined);
  const matchers = patterns.map(matcherOf);
  return cells.filter((cell) => matchers.some((matches) => matches(cell)));
}

/** Cells in which agents reach their own pod: by its address, and through Services that it backs in some step (hairpin). */
export function selfCellsOf(scenario: Scenario, families: readonly IpFamily[]): readonly Cell[] {
  const backers = backersOf(scenario);
  const paths = scenario.paths.filter((path) => path !== 'node-port');
  return scenario.pods
    .filter(({ probes }) => probes === 'agent')
    .flatMap((pod) => {
      const behind = scenario.services.filter((service) => backers.get(service)?.has(fullName(pod)));
      const own = { ...scenario, paths, pods: [pod], services: behind };
      return families.flatMap((family) => [...podCells(own, pod, family), ...serviceCells(own, pod, 'agent', family)]);
    });
}

/** The cells that the pods and Services of a scenario have, probed or not, without those of a pod to itself. */
export function allCellsOf(scenario: Scenario, families: readonly IpFamily[]): readonly Cell[] {
  const backers = backersOf(scenario);
  const there = { ...scenario, pods: scenario.pods.filter(({ pending }) => !pending) };
  return there.pods
    .flatMap((pod) => {
      const { probes } = pod;
      if (probes === undefined) return [];
      const others = othersThan(pod, there, backers);
      return families.flatMap((family) => [
        ...podCells(others, pod, family),
        ...serviceCells(others, pod, probes, family),
        ...cellsToOutside(there, pod, family),
        ...cellsToNodes(there, pod, family),
      ]);
    })
    .concat(families.flatMap((family) => cellsFromOutside(there, family)))
    .concat(families.slice(0, 1).flatMap((family) => cellsFromKubelet(there, family)));
}

/** A scenario as a pod sees it that does not look at itself. */
function othersThan(source: ScenarioPod, scenario: Scenario, backers: Backers): Scenario {
  return {
    ...scenario,
    pods: scenario.pods.filter((pod) => pod !== source),
    services: scenario.services.filter((service) => !backers.get(service)?.has(fullName(source))),
  };
}

function podCells({ pods, paths }: Scenario, source: ScenarioPod, family: IpFamily): readonly Cell[] {
  const { probes, firstInstant } = source;
  const byAddress = probes === 'agent' || firstInstant;
  if (probes === undefined || !byAddress || !paths.includes('pod-ip')) return [];
  const from = fullName(source);
  return pods.flatMap((pod) =>
    pod.ports
      .filter(({ protocol }) => probes === 'agent' || protocol === 'TCP')
      .map(({ port, protocol }): Cell => {
        return { from, to: fullName(pod), port, protocol, path: 'pod-ip', family, method: probes };
      }),
  );
}

function serviceCells(
  { services, paths, wgetPath }: Scenario,
  source: ScenarioPod,
  method: ProbeMethod,
  family: IpFamily,
): readonly Cell[] {
  const from = fullName(source);
  const own: readonly Path[] = source.firstInstant ? ['cluster-ip'] : ['cluster-ip', 'dns', 'node-port'];
  const ways = method === 'wget' && !source.firstInstant ? wgetPath : paths.filter((path) => own.includes(path));
  const dials = (protocol: Protocol) => method === 'agent' || protocol === 'TCP';
  return services.flatMap((service) =>
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

type Backers = ReadonlyMap<ScenarioService, ReadonlySet<string>>;

/** The pods that each Service selects, before or after any step. */
function backersOf({ services, pods, steps }: Scenario): Backers {
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

import type { Cell } from '../matrix/cell.ts';
import { fullName } from '../model/pod-name.ts';
import type { IpFamily } from '../model/protocol.ts';
import { hasNodePort, hostName, type Scenario, type ScenarioPod } from './scenario.ts';

/** What an agent probes outside the pod network: every port of every host there. */
export function cellsToOutside(
  { outside = [] }: Pick<Scenario, 'outside'>,
  pod: ScenarioPod,
  family: IpFamily,
): readonly Cell[] {
  if (pod.probes !== 'agent') return [];
  return outside.flatMap((host) =>
    host.ports.map(({ port, protocol }): Cell => {
      return { from: fullName(pod), to: hostName(host), port, protocol, path: 'outside', family, method: 'agent' };
    }),
  );
}

/** What hosts outside probe: every port of every pod by the pod's address, NodePorts where the scenario has that path. */
export function cellsFromOutside(
  { outside = [], pods, services, paths }: Pick<Scenario, 'outside' | 'pods' | 'services' | 'paths'>,
  family: IpFamily,
): readonly Cell[] {
  const toPods = paths.includes('pod-ip') ? pods.map((pod) => ({ ...pod, path: 'pod-ip' as const })) : [];
  const toServices = paths.includes('node-port')
    ? services.filter(hasNodePort).map((service) => ({ ...service, path: 'node-port' as const }))
    : [];
  return outside.flatMap((host) =>
    [...toPods, ...toServices].flatMap(({ namespace, name, ports, path }) =>
      ports.map(({ port, protocol }): Cell => {
        const to = fullName({ namespace, name });
        return { from: hostName(host), to, port, protocol, path, family, method: 'agent' };
      }),
    ),
  );
}

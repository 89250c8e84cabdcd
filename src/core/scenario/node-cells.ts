import type { Cell } from '../matrix/cell.ts';
import { fullName } from '../model/pod-name.ts';
import type { IpFamily } from '../model/protocol.ts';
import type { Scenario, ScenarioPod } from './scenario.ts';

/** Port of the kubelet's own server: every node has it open (Kubernetes: Ports and Protocols). */
const KUBELET_PORT = 10_250;

/**
 * What an agent dials at the addresses of nodes: other pods' host ports (`host-port`), and its own node (`node`), whose
 * kubelet answers without a name.
 */
export function cellsToNodes(
  { pods, paths }: Pick<Scenario, 'pods' | 'paths'>,
  source: ScenarioPod,
  family: IpFamily,
): readonly Cell[] {
  if (source.probes !== 'agent') return [];
  const from = fullName(source);
  const common = { from, family, method: 'agent' } as const;
  const hostPorts = pods
    .filter((pod) => paths.includes('host-port') && pod !== source)
    .flatMap((pod) =>
      pod.ports.flatMap(({ hostPort, protocol }): readonly Cell[] =>
        hostPort === undefined ? [] : [{ ...common, to: fullName(pod), port: hostPort, protocol, path: 'host-port' }],
      ),
    );
  const own: readonly Cell[] = paths.includes('node')
    ? [{ ...common, to: from, port: KUBELET_PORT, protocol: 'TCP', path: 'node' }]
    : [];
  return [...hostPorts, ...own];
}

import { portKey } from '../core/judge/record.ts';
import type { Cell } from '../core/matrix/cell.ts';
import type { PlannedCell } from '../core/scenario/planned-step.ts';
import type { Probe } from '../ports/prober.ts';
import type { Endpoint } from './backends.ts';
import { ATTEMPT_TIMEOUT_MS, type Sampling, WGET_TIMEOUT_MS } from './sampling.ts';
import { targetOf } from './target.ts';
import type { Topology } from './topology.ts';

/** The probes of a step, one a cell; `idOf` gives each cell its probe's id. */
export function probesOf(
  cells: readonly PlannedCell[],
  sampling: Pick<Sampling, 'intervalOf'>,
  topology: Topology,
  endpoints: ReadonlyMap<string, readonly Endpoint[]>,
  idOf: (cell: Cell) => number,
): readonly Probe[] {
  return cells.map((planned) => {
    const identities = identitiesOf(planned, endpoints);
    const payloadBytes = payloadOf(planned.cell, topology, endpoints);
    return {
      id: idOf(planned.cell),
      cell: planned.cell,
      ...targetOf(planned.cell, topology, endpoints.get(portKey(planned.cell)) ?? []),
      intervalMs: sampling.intervalOf(planned),
      timeoutMs: planned.cell.method === 'wget' ? WGET_TIMEOUT_MS : ATTEMPT_TIMEOUT_MS,
      identities,
      ...(identities.some((name) => topology.pods.get(name)?.nameless) && { nameless: true }),
      ...(payloadBytes !== undefined && { payloadBytes }),
    };
  });
}

/** What is exchanged with the pod, or with each of those behind what is dialled: the least of it, where that differs. */
function payloadOf(
  cell: Cell,
  { pods }: Topology,
  endpoints: ReadonlyMap<string, readonly Endpoint[]>,
): number | undefined {
  const ends = endpoints.get(portKey(cell)) ?? [{ pod: cell.to, port: cell.port }];
  const payloads = ends.map(({ pod, port }) => pods.get(pod)?.payloads?.get(`${port}/${cell.protocol}`) ?? 0);
  const least = Math.min(...payloads);
  return least > 0 && ends.length > 0 ? least : undefined;
}

/** Who may answer: the pod or host itself, the pods that are or were behind a Service; a node's kubelet gives no name, nor hears one. */
function identitiesOf(
  { cell, answerable, leaving = [] }: PlannedCell,
  endpoints: ReadonlyMap<string, readonly Endpoint[]>,
): readonly string[] {
  if (cell.path === 'node' || cell.path === 'kubelet') return [];
  if (cell.path === 'pod-ip' || cell.path === 'host-port' || cell.path === 'outside') return [cell.to];
  return answerable ?? [...(endpoints.get(portKey(cell)) ?? []).map(({ pod }) => pod), ...leaving];
}

import { ClusterError } from '../core/diagnostics/errors.ts';
import { portKey } from '../core/judge/record.ts';
import type { Cell } from '../core/matrix/cell.ts';
import { splitName } from '../core/model/pod-name.ts';
import type { PlannedCell } from '../core/scenario/planned-step.ts';
import type { Probe } from '../ports/prober.ts';
import type { Endpoint } from './backends.ts';
import { ATTEMPT_TIMEOUT_MS, type Sampling, WGET_TIMEOUT_MS } from './sampling.ts';
import { addressOf, type Topology } from './topology.ts';

/** What is dialled for a cell: an address of its family, or for `dns` the name as the article's command has it. */
function hostOf(cell: Cell, topology: Topology): string {
  const host = lookUp(cell, topology);
  if (host !== undefined) return host;
  throw new ClusterError({
    code: 'address-missing',
    message: `${cell.to} has no ${cell.family} address for path ${cell.path}`,
    hint: 'run on a cluster of that IP family, or leave the path out of the scenario',
  });
}

function lookUp(cell: Cell, topology: Topology): string | undefined {
  if (cell.path === 'pod-ip') return addressOf(topology.pods.get(cell.to)?.ips ?? [], cell.family);
  const service = topology.services.get(cell.to);
  if (cell.path === 'cluster-ip') return addressOf(service?.clusterIPs ?? [], cell.family);
  if (cell.path !== 'dns') return undefined;
  const own = splitName(cell.from).namespace === splitName(cell.to).namespace;
  return own ? splitName(cell.to).name : service?.host;
}

/** The probes of a step, one a cell; `idOf` gives each cell its probe's id. */
export function probesOf(
  cells: readonly PlannedCell[],
  sampling: Pick<Sampling, 'intervalOf'>,
  topology: Topology,
  endpoints: ReadonlyMap<string, readonly Endpoint[]>,
  idOf: (cell: Cell) => number,
): readonly Probe[] {
  return cells.map((planned) => ({
    id: idOf(planned.cell),
    cell: planned.cell,
    host: hostOf(planned.cell, topology),
    intervalMs: sampling.intervalOf(planned),
    timeoutMs: planned.cell.method === 'wget' ? WGET_TIMEOUT_MS : ATTEMPT_TIMEOUT_MS,
    identities:
      planned.cell.path === 'pod-ip'
        ? [planned.cell.to]
        : (planned.answerable ?? (endpoints.get(portKey(planned.cell)) ?? []).map(({ pod }) => pod)),
  }));
}

import { ClusterError } from '../core/diagnostics/errors.ts';
import type { Cell } from '../core/matrix/cell.ts';
import { splitName } from '../core/model/pod-name.ts';
import type { Probe } from '../ports/prober.ts';
import type { Endpoint } from './backends.ts';
import { addressOf, type Topology } from './topology.ts';

/** What is dialled for a cell. */
type Target = Pick<Probe, 'host' | 'port'>;

/**
 * The address that is dialled for a cell, of its family, or for `dns` the name as the article's command has it; for a
 * NodePort with its number. `endpoints` are the pods behind the Service. Throws `ClusterError` `address-missing`.
 */
export function targetOf(cell: Cell, topology: Topology, endpoints: readonly Endpoint[]): Target {
  const { host, ...rest } = lookUp(cell, topology, endpoints);
  if (host !== undefined) return { host, ...rest };
  throw new ClusterError({
    code: 'address-missing',
    message: `${cell.to} has no ${cell.family} address for path ${cell.path}`,
    hint: 'run on a cluster of that IP family, or leave the path out of the scenario',
  });
}

/** A target whose address may not be known. */
type Found = Omit<Target, 'host'> & { readonly host: string | undefined };

function lookUp(cell: Cell, topology: Topology, endpoints: readonly Endpoint[]): Found {
  const { to, family, path } = cell;
  const service = topology.services.get(to);
  switch (path) {
    case 'pod-ip':
    case 'kubelet':
    case 'outside':
      return { host: addressOf(topology.pods.get(to)?.ips ?? [], family) };
    case 'cluster-ip':
      return { host: addressOf(service?.clusterIPs ?? [], family) };
    case 'dns':
      return { host: splitName(cell.from).namespace === splitName(to).namespace ? splitName(to).name : service?.host };
    case 'host-port':
    case 'node':
      return { host: nodeAddress(to, cell, topology) };
    case 'node-port': {
      const port = service?.nodePorts.get(`${cell.port}/${cell.protocol}`);
      return port === undefined ? { host: undefined } : { host: doorTo(endpoints, cell, topology), port };
    }
  }
}

/** A node with a backend: with `Local` no other leads anywhere. Without backends every node is as good. */
function doorTo([backend]: readonly Endpoint[], cell: Cell, topology: Topology): string | undefined {
  const [first = []] = topology.nodes.values();
  return backend === undefined ? addressOf(first, cell.family) : nodeAddress(backend.pod, cell, topology);
}

function nodeAddress(pod: string, { family }: Cell, { pods, nodes }: Topology): string | undefined {
  return addressOf(nodes.get(pods.get(pod)?.node ?? '') ?? [], family);
}

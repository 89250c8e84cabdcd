import type { IpFamily, Protocol } from '../model/protocol.ts';

/**
 * How the destination of a cell is addressed: the pod's own address, the Service's ClusterIP, the Service's DNS name,
 * a node's address with the NodePort, a host port, a node, or an address outside the cluster. `kubelet`: the kubelet of the
 * pod's node asks the pod how it is.
 */
export type Path = 'pod-ip' | 'cluster-ip' | 'dns' | 'node-port' | 'host-port' | 'node' | 'outside' | 'kubelet';

/**
 * What probes the cell: the high-rate agent, the literal `wget -qO- --timeout=2` of an alpine pod, or a kubelet, of whose
 * probes the pod's status tells.
 */
export type ProbeMethod = 'agent' | 'wget' | 'kubelet';

/**
 * One connection that a matrix speaks of. `from` is a pod, `namespace/name` with the scenario's own (logical)
 * namespace, or a kubelet, `kubelet/http`; `to` is a pod for pod paths and a Service for Service paths, in the same form. `port` is what is
 * dialled: for a Service path the Service's port.
 */
export interface Cell {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: Protocol;
  readonly path: Path;
  readonly family: IpFamily;
  readonly method: ProbeMethod;
}

/** A cell's stable name, unique in a step, as reports print it: `x/a->y/b:80/TCP via pod-ip`. */
export function cellName(cell: Cell): string {
  const family = cell.family === 'IPv6' ? ' IPv6' : '';
  const method = cell.method === 'wget' ? ' (wget)' : '';
  return `${cell.from}->${cell.to}:${cell.port}/${cell.protocol} via ${cell.path}${family}${method}`;
}

import type { Cell } from '../../core/matrix/cell.ts';
import type { Outcome } from '../../core/matrix/outcome.ts';
import type { ClusterState } from '../../core/model/cluster-state.ts';
import { fullName } from '../../core/model/pod-name.ts';
import { expectedOf } from '../../core/oracle/expected-of.ts';
import { compile, type OracleOptions } from '../../core/oracle/oracle.ts';
import type { PodRef } from '../../ports/cluster.ts';
import type { Probe } from '../../ports/prober.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';
import { simulatedState } from './simulated-state.ts';

/** What an attempt comes to now, from the real pod or host `from` to the address or name that the probe dials. */
export type SimulatedNetwork = (from: PodRef, probe: Dial) => Outcome;

/** What is dialled, for which cell, and on which connection. */
type Dial = Pick<Probe, 'cell' | 'host' | 'port' | 'hold' | 'sourcePort'>;

/** What a dataplane does in a state: the outcome of a cell whose ends have their real names. */
type Dataplane = (state: ClusterState) => (cell: Cell) => Outcome;

/** A dataplane that does what the oracle says, each cell asked once a state. */
export function oracleDataplane(state: ClusterState, options: OracleOptions = {}): ReturnType<Dataplane> {
  const oracle = compile(state, options);
  const outcomes = new Map<string, Outcome>();
  return (cell) => {
    const key = [cell.from, cell.to, cell.port, cell.protocol, cell.path, cell.family].join(' ');
    const outcome = outcomes.get(key) ?? OUTCOMES[expectedOf(oracle, cell).expected];
    outcomes.set(key, outcome);
    return outcome;
  };
}

/** A network on the stored objects as they were when its agents last ran, its dataplane set up anew for each of their states. */
export function simulatedNetwork(
  { store, agents }: Pick<SimulatedCluster, 'store' | 'agents'>,
  dataplane: Dataplane = oracleDataplane,
): SimulatedNetwork {
  let version = -1;
  let state = simulatedState(store);
  let outcomeOf = dataplane(state);

  const destination = (from: PodRef, { cell, host, port }: Dial): string | undefined => {
    const [name, namespace = from.namespace] = host.split('.');
    const { pods, services, hosts = [] } = state;
    if (cell.path === 'node') return fullName(from);
    if (cell.path === 'outside') return hosts.find(({ ips }) => ips.includes(host))?.name;
    const found =
      ((cell.path === 'host-port' && pods.find(({ ports }) => ports.some(({ hostPort }) => hostPort === cell.port))) ||
        (cell.path === 'node-port' && services.find(({ ports }) => ports.some(({ nodePort }) => nodePort === port))) ||
        pods.find(({ ips, finished }) => !finished && ips.includes(host))) ??
      services.find(({ clusterIPs }) => clusterIPs.includes(host)) ??
      services.find((service) => service.name === name && service.namespace === namespace);
    return found && fullName(found);
  };

  /** What becomes of a pod that stopped agents have not seen is not simulated. */
  const isUnseen = (from: PodRef): boolean =>
    !state.pods.some((pod) => fullName(pod) === fullName(from)) &&
    store.get({ apiVersion: 'v1', kind: 'Pod', ...from }) !== undefined;

  return (from, dial) => {
    if (agents.running && version !== store.version) {
      state = simulatedState(store);
      outcomeOf = dataplane(state);
      version = store.version;
    }
    const to = destination(from, dial);
    return to === undefined || isUnseen(from) ? 'inconclusive' : outcomeOf({ ...dial.cell, from: fullName(from), to });
  };
}

const OUTCOMES = { open: 'open', closed: 'dropped', unresolved: 'unresolved', reported: 'open' } as const;

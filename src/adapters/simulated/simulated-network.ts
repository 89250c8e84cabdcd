import type { Cell } from '../../core/matrix/cell.ts';
import type { Outcome } from '../../core/matrix/outcome.ts';
import { fullName } from '../../core/model/pod-name.ts';
import { expectedOf } from '../../core/oracle/expected-of.ts';
import { compile } from '../../core/oracle/oracle.ts';
import type { PodRef } from '../../ports/cluster.ts';
import type { SimulatedCluster } from './simulated-cluster.ts';
import { simulatedState } from './simulated-state.ts';

/** What an attempt of the cell comes to now, from the real pod `from` to the address or name `host`. */
export type SimulatedNetwork = (from: PodRef, cell: Cell, host: string) => Outcome;

/**
 * A network that does what the oracle says of the stored objects, as they were when its agents last ran; asks it once for
 * each of their states.
 */
export function simulatedNetwork({ store, agents }: Pick<SimulatedCluster, 'store' | 'agents'>): SimulatedNetwork {
  let known = { version: -1, state: simulatedState(store), oracle: compile(simulatedState(store)) };
  let outcomes = new Map<string, Outcome>();

  const destination = (from: PodRef, host: string): string | undefined => {
    const [name, namespace = from.namespace] = host.split('.');
    const { pods, services } = known.state;
    const found =
      pods.find(({ ips }) => ips.includes(host)) ??
      services.find(({ clusterIPs }) => clusterIPs.includes(host)) ??
      services.find((service) => service.name === name && service.namespace === namespace);
    return found && fullName(found);
  };
  const ask = (from: PodRef, cell: Cell, host: string): Outcome => {
    const to = destination(from, host);
    if (to === undefined) return 'inconclusive';
    const { expected } = expectedOf(known.oracle, { ...cell, from: fullName(from), to });
    return OUTCOMES[expected];
  };

  return (from, cell, host) => {
    if (agents.running && known.version !== store.version) {
      const state = simulatedState(store);
      known = { version: store.version, state, oracle: compile(state) };
      outcomes = new Map();
    }
    const key = [from.namespace, from.name, host, cell.port, cell.protocol, cell.path].join(' ');
    const outcome = outcomes.get(key) ?? ask(from, cell, host);
    outcomes.set(key, outcome);
    return outcome;
  };
}

const OUTCOMES = { open: 'open', closed: 'dropped', unresolved: 'unresolved', reported: 'open' } as const;

import { clusterWorkloads } from '../../../src/adapters/prober/pods/workloads.ts';
import {
  type SimulatedCluster,
  simulatedCluster,
  simulatedPin,
} from '../../../src/adapters/simulated/simulated-cluster.ts';
import { simulatedHosts } from '../../../src/adapters/simulated/simulated-hosts.ts';
import { simulatedMachinery } from '../../../src/adapters/simulated/simulated-machinery.ts';
import type { SimulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import { simulatedProber } from '../../../src/adapters/simulated/simulated-prober.ts';
import { type Run, startRun } from '../../../src/engine/run.ts';
import type { RunContext } from '../../../src/engine/run-context.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Cluster } from '../../../src/ports/cluster.ts';
import type { Evidence } from '../../../src/ports/evidence.ts';
import type { Machinery } from '../../../src/ports/machinery.ts';
import type { Prober } from '../../../src/ports/prober.ts';
import { virtualClock } from '../virtual-clock.ts';

/** What a test puts in place of the simulated parts. */
export interface Trouble {
  readonly cluster?: (cluster: SimulatedCluster, clock: Clock) => Partial<Cluster>;
  readonly prober?: (prober: Prober, clock: Clock) => Prober;
  /** What the prober probes; default: what the oracle says. */
  readonly network?: (cluster: SimulatedCluster, clock: Clock) => SimulatedNetwork;
  readonly machinery?: (machinery: Machinery) => Machinery;
  readonly signal?: AbortSignal;
  readonly evidence?: (cluster: Cluster, clock: Clock) => Evidence;
  /** `false`: the network plugin cannot be told the address of a pod. */
  readonly pinAddress?: false;
  /** Ranges of the pods' addresses; default: nobody tells. */
  readonly podCidrs?: readonly string[];
  readonly lanes?: number;
  readonly failFast?: boolean;
  readonly rerun?: boolean;
}

/** A run on a simulated cluster in virtual time. */
export async function simulatedRun(
  trouble: Trouble = {},
): Promise<{ readonly run: Run; readonly cluster: SimulatedCluster }> {
  const clock = virtualClock();
  const cluster = simulatedCluster(clock);
  const machinery = simulatedMachinery(cluster, clock);
  const prober = simulatedProber(cluster, clock, trouble.network?.(cluster, clock));
  const context: RunContext = {
    id: 'test',
    cluster: { ...cluster, ...trouble.cluster?.(cluster, clock) },
    outside: simulatedHosts(cluster.store),
    machinery: trouble.machinery?.(machinery) ?? machinery,
    info: await cluster.info(),
    ...(trouble.podCidrs && { podCidrs: trouble.podCidrs }),
    cni: { name: 'simulated', version: '' },
    images: [],
    ...(trouble.pinAddress !== false && { pinAddress: simulatedPin }),
    prober: trouble.prober?.(prober, clock) ?? prober,
    workloads: clusterWorkloads,
    clock,
    epochMs: 0,
    signal: trouble.signal ?? new AbortController().signal,
    seed: 1,
    attemptsPerSecond: 600,
    ...(trouble.evidence !== undefined && { evidence: trouble.evidence(cluster, clock) }),
    lanes: trouble.lanes ?? 1,
    failFast: trouble.failFast ?? false,
    rerun: trouble.rerun ?? true,
  };
  return { run: startRun(context), cluster };
}

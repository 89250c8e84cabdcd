import type { KnownFinding } from '../core/result/known.ts';
import type { RunResult } from '../core/result/result.ts';
import type { AddressPin } from '../ports/address-pin.ts';
import type { Clock } from '../ports/clock.ts';
import type { Cluster, ClusterInfo } from '../ports/cluster.ts';
import type { Evidence } from '../ports/evidence.ts';
import type { Machinery } from '../ports/machinery.ts';
import type { OutsideHosts } from '../ports/outside.ts';
import type { Prober } from '../ports/prober.ts';
import type { Workloads } from '../ports/workloads.ts';

/** What a run works with, and what its result says of it. */
export interface RunContext {
  /** Short and unique on the cluster: it is part of the namespaces' names. */
  readonly id: string;
  /** netproof's own version, for the result; absent where it is not known. */
  readonly netproof?: string;
  readonly cluster: Cluster;
  readonly machinery: Machinery;
  readonly outside: OutsideHosts;
  readonly info: ClusterInfo;
  /** Ranges that the cluster gives its pods addresses of, CIDRs; empty or absent where it does not tell. */
  readonly podCidrs?: readonly string[];
  readonly cni: RunResult['run']['cni'];
  /** How the network plugin is told a new pod's address; absent: it cannot be told. */
  readonly pinAddress?: AddressPin;
  readonly images: RunResult['run']['images'];
  /** What is known of plugins; default nothing. */
  readonly known?: readonly KnownFinding[];
  readonly prober: Prober;
  readonly workloads: Workloads;
  readonly clock: Clock;
  /** Wall-clock time of the clock's zero, ms since 1970. */
  readonly epochMs: number;
  readonly signal: AbortSignal;
  readonly seed: number;
  /** Bound on the attempts a second of the whole run; found by calibration by default. */
  readonly attemptsPerSecond?: number;
  /** How many scenarios run at once; default 1. */
  readonly lanes?: number;
  /** After a scenario that does not pass, none is begun any more. */
  readonly failFast?: boolean;
  /** Whether a scenario that fails runs once more alone, which tells flaky ones apart; default true. */
  readonly rerun?: boolean;
  /** Keeps what may explain a failure; absent: nothing is kept. */
  readonly evidence?: Evidence;
}

/** What a result says of the run itself. */
export function runFacts(context: RunContext, startedMs: number): RunResult['run'] {
  const { id, netproof, info, cni, images, seed, signal } = context;
  return {
    id,
    ...(netproof !== undefined && { netproof }),
    started: new Date(context.epochMs + startedMs).toISOString(),
    duration_ms: Math.round(context.clock.now() - startedMs),
    simulated: info.provider === 'simulated',
    interrupted: signal.aborted,
    cluster: {
      provider: info.provider,
      kubernetes: info.kubernetes,
      nodes: info.nodes.length,
      ipFamily: info.ipFamilies.join(','),
    },
    cni,
    images,
    seed,
  };
}

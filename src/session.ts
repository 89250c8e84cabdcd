import { connect } from './adapters/kube/connect.ts';
import { agentProber } from './adapters/prober/agents.ts';
import { combinedProber } from './adapters/prober/combined.ts';
import { clusterWorkloads } from './adapters/prober/pods/workloads.ts';
import { wgetProber } from './adapters/prober/wget.ts';
import { systemClock } from './adapters/system-clock.ts';
import { type Run, type RunContext, startRun } from './engine/run.ts';
import type { Cluster, ClusterInfo } from './ports/cluster.ts';
import type { ReadyCluster } from './ports/cluster-provider.ts';

/** A cluster that answers, connected, on which runs can begin. */
export interface Session {
  readonly cluster: Cluster;
  readonly info: ClusterInfo;
  /** Begins a run; see `Run`. */
  startRun(options: RunOptions): Run;
}

/** What the caller decides of a run. */
export interface RunOptions {
  readonly signal: AbortSignal;
  /** Recorded in the result; what is drawn by chance in a run is drawn from it. */
  readonly seed?: number;
  /** Part of the namespaces' names; must be unique on the cluster. A random one by default. */
  readonly id?: string;
}

/** What `openSession` may be given besides the cluster. */
export interface SessionOptions {
  /** Wraps the connected cluster, e.g. to take part in its calls. */
  readonly wrap?: (cluster: Cluster) => Cluster;
}

/** Connects to a cluster that stands. Rejects with `ClusterError` when it does not answer. */
export async function openSession(
  ready: ReadyCluster,
  { wrap = (cluster) => cluster }: SessionOptions = {},
): Promise<Session> {
  const cluster = wrap(await connect({ ...ready, clock: systemClock }));
  const info = await cluster.info({ timeoutMs: 10_000 });
  const prober = combinedProber({
    agent: agentProber({ cluster, clock: systemClock }),
    wget: wgetProber({ cluster, clock: systemClock }),
  });
  return {
    cluster,
    info,
    startRun({ signal, seed = randomSeed(), id = runId() }) {
      const context: RunContext = {
        id,
        cluster,
        info,
        cni: ready.cni,
        images: ready.images,
        prober,
        workloads: clusterWorkloads,
        clock: systemClock,
        epochMs: Date.now() - systemClock.now(),
        signal,
        seed,
      };
      return startRun(context);
    },
  };
}

function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** Six characters that namespace names may hold: enough to keep two runs on one cluster apart. */
function runId(): string {
  return Math.random().toString(36).slice(2, 8).padEnd(6, '0');
}

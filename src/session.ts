import { join } from 'node:path';
import { pluginNamed } from './adapters/cni/plugins.ts';
import { findEngine } from './adapters/container-engine/find-engine.ts';
import { clusterEvidence } from './adapters/evidence/cluster-evidence.ts';
import { loadKnownFindings } from './adapters/files/load-known-findings.ts';
import { connect } from './adapters/kube/connect.ts';
import { readPodCidrs } from './adapters/kube/pod-cidrs.ts';
import { announceRun } from './adapters/live-runs.ts';
import { clusterMachinery } from './adapters/machinery/cluster-machinery.ts';
import { execEverywhere } from './adapters/outside/engine-exec.ts';
import { engineHosts } from './adapters/outside/engine-hosts.ts';
import { agentProber } from './adapters/prober/agents.ts';
import { combinedProber } from './adapters/prober/combined.ts';
import { kubeletProber } from './adapters/prober/kubelets.ts';
import { clusterWorkloads } from './adapters/prober/pods/workloads.ts';
import { wgetProber } from './adapters/prober/wget.ts';
import { SIMULATED_POD_CIDR, simulatedCluster, simulatedPin } from './adapters/simulated/simulated-cluster.ts';
import { simulatedHosts } from './adapters/simulated/simulated-hosts.ts';
import { simulatedMachinery } from './adapters/simulated/simulated-machinery.ts';
import { simulatedProber } from './adapters/simulated/simulated-prober.ts';
import { type StateFolder, stateFolder } from './adapters/state-folder.ts';
import { systemClock } from './adapters/system-clock.ts';
import type { KnownFinding } from './core/result/known.ts';
import { laneCount } from './engine/lane-count.ts';
import { type Run, startRun } from './engine/run.ts';
import type { RunContext } from './engine/run-context.ts';
import type { Cluster, ClusterInfo } from './ports/cluster.ts';
import type { ReadyCluster } from './ports/cluster-provider.ts';
import type { Evidence } from './ports/evidence.ts';
import type { Machinery } from './ports/machinery.ts';
import { version } from './version.ts';

/** How long a cluster may take to say what it is, in ms. */
const INFO_TIMEOUT_MS = 10_000;
/** Attempts a second on a simulated cluster: there is nothing to calibrate. */
const SIMULATED_RATE = 600;

/** A cluster that answers, connected, on which runs can begin. */
export interface Session {
  readonly cluster: Cluster;
  readonly info: ClusterInfo;
  /** The plugin's agents and the nodes: restarts them, starts again what was stopped. */
  readonly machinery: Machinery;
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
  /** How many scenarios run at once; by default as many as the cluster has room for. */
  readonly lanes?: number;
  /** What is known of plugins; default: what comes with netproof. */
  readonly known?: readonly KnownFinding[];
  /** After a scenario that does not pass, none is begun any more. */
  readonly failFast?: boolean;
  /** Whether a scenario that fails runs once more alone, which tells flaky ones apart; default true. */
  readonly rerun?: boolean;
}

/** What a session may be given besides its cluster. */
export interface SessionOptions {
  /** Wraps the cluster that the run works with, e.g. to take part in its calls. */
  readonly wrap?: (cluster: Cluster) => Cluster;
  /** On a cluster that is not ours: whether scenarios may restart its plugin and nodes. Default false. */
  readonly allowDisruption?: boolean;
  /** Folder for the evidence of steps that do not pass; by default one of the run in netproof's state folder. */
  readonly evidence?: string;
}

/** Connects to a cluster that stands. Rejects with `ClusterError` when it does not answer. */
export async function openSession(
  ready: ReadyCluster,
  { wrap = (cluster) => cluster, allowDisruption = false, evidence }: SessionOptions = {},
): Promise<Session> {
  const cluster = wrap(await connect({ ...ready, clock: systemClock }));
  const withHosts = { ...cluster, exec: execEverywhere(cluster.exec, findEngine) };
  const prober = combinedProber({
    agent: agentProber({ cluster: withHosts, clock: systemClock }),
    wget: wgetProber({ cluster, clock: systemClock }),
    kubelet: kubeletProber({ cluster, clock: systemClock }),
  });
  const asked = { timeoutMs: INFO_TIMEOUT_MS };
  const [info, podCidrs] = await Promise.all([cluster.info(asked), readPodCidrs(cluster, asked)]);
  const mayDisrupt = ready.provider === 'kind' || allowDisruption;
  const machinery = clusterMachinery({ cluster, clock: systemClock, cni: ready.cni, mayDisrupt, findEngine });
  const outside = engineHosts({ cluster, findEngine });
  const evidenceOf = (run: string): Evidence =>
    clusterEvidence({
      cluster,
      clock: systemClock,
      workloads: clusterWorkloads,
      findEngine,
      root: evidence ?? join(stateFolder().evidence, run),
      keepsRuns: evidence === undefined,
    });
  const cni = withGaps(ready.cni);
  const parts = { cluster, machinery, outside, info, podCidrs, prober, cni, images: ready.images };
  const pinAddress = pluginNamed(ready.cni.name)?.pinAddress;
  return sessionOn({ ...parts, ...(pinAddress !== undefined && { pinAddress }) }, evidenceOf, stateFolder());
}

/** A plugin with what it is documented not to do, where netproof knows that. */
function withGaps(cni: ReadyCluster['cni']): RunContext['cni'] {
  const gaps = pluginNamed(cni.name)?.gaps ?? [];
  return { ...cni, ...(gaps.length > 0 && { gaps }) };
}

/** A session on the oracle as a cluster: for trying scenarios, and for tests. Its results say `simulated`. */
export async function openSimulatedSession({ wrap = (cluster) => cluster }: SessionOptions = {}): Promise<Session> {
  const simulated = simulatedCluster(systemClock);
  const cluster = wrap(simulated);
  return sessionOn({
    cluster,
    machinery: simulatedMachinery(simulated, systemClock),
    outside: simulatedHosts(simulated.store),
    info: await simulated.info(),
    podCidrs: [SIMULATED_POD_CIDR],
    prober: simulatedProber(simulated, systemClock),
    attemptsPerSecond: SIMULATED_RATE,
    pinAddress: simulatedPin,
    cni: { name: 'simulated', version: '' },
    images: [],
  });
}

function sessionOn(
  parts: Pick<
    RunContext,
    | 'cluster'
    | 'machinery'
    | 'outside'
    | 'info'
    | 'podCidrs'
    | 'prober'
    | 'cni'
    | 'images'
    | 'attemptsPerSecond'
    | 'pinAddress'
  >,
  evidenceOf?: (run: string) => Evidence,
  state?: StateFolder,
): Session {
  return {
    cluster: parts.cluster,
    info: parts.info,
    machinery: parts.machinery,
    startRun: ({
      seed = randomSeed(),
      id = runId(),
      lanes = laneCount(parts.info),
      known = loadKnownFindings(),
      ...options
    }) => {
      const run = startRun({
        netproof: version(),
        ...parts,
        ...options,
        id,
        seed,
        lanes,
        known,
        ...(evidenceOf !== undefined && { evidence: evidenceOf(id) }),
        workloads: clusterWorkloads,
        clock: systemClock,
        epochMs: Date.now() - systemClock.now(),
      });
      return state === undefined ? run : announced(run, state);
    },
  };
}

/** The run, known to other processes of this machine until it has finished. */
function announced(run: Run, state: StateFolder): Run {
  const note = announceRun(state, run.id);
  return { ...run, finish: (events) => run.finish(events).finally(() => note[Symbol.dispose]()) };
}

function randomSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** Six characters that namespace names may hold: enough to keep two runs on one cluster apart. */
function runId(): string {
  return Math.random().toString(36).slice(2, 8).padEnd(6, '0');
}

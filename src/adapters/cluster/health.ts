import type { Clock } from '../../ports/clock.ts';
import type { Cluster, ClusterInfo } from '../../ports/cluster.ts';
import type { CniPlugin } from '../cni/cni-plugin.ts';
import { recogniseCni } from '../cni/detect-cni.ts';
import { rolloutOf } from '../cni/rollout.ts';
import { unreadyPods } from './unready-pods.ts';

/** Whether a cluster can be used as it is. The reason is a clause that follows "the cluster ". */
export type Health =
  | { readonly healthy: true; readonly info: ClusterInfo }
  /** `lasting`: waiting does not mend it. */
  | { readonly healthy: false; readonly reason: string; readonly lasting: boolean };

/** What a healthy cluster has. */
export interface HealthWanted {
  readonly nodes: number;
  /** Absent: no plugin is wanted, and nodes without one are not Ready. */
  readonly plugin: CniPlugin | undefined;
  /** Version that the agent's image must show. */
  readonly cniVersion: string;
  /** When the nodes were last started, in milliseconds since 1970, by name. */
  readonly starts: ReadonlyMap<string, number>;
  /** How long the API server may take to answer, in milliseconds. */
  readonly timeoutMs: number;
}

/** Asks the API server once whether all nodes are Ready and the wanted plugin is rolled out, as of now. */
export async function checkHealth(cluster: Cluster, wanted: HealthWanted, signal: AbortSignal): Promise<Health> {
  const { timeoutMs, plugin } = wanted;
  const call = { signal, timeoutMs };
  try {
    const [info, daemonSets, pods, rollouts] = await Promise.all([
      cluster.info(call),
      cluster.list({ apiVersion: 'apps/v1', kind: 'DaemonSet' }, call),
      cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace: 'kube-system' }, call),
      Promise.all((plugin?.rollouts ?? []).map((ref) => cluster.get(ref, call))),
    ]);
    if (info.nodes.length !== wanted.nodes) return unfit(`has ${info.nodes.length} nodes, not ${wanted.nodes}`);
    const unreadyPod = unreadyPods(pods, wanted.starts)[0];
    if (unreadyPod !== undefined) return ill(`has system pods that are not ready (${unreadyPod})`);
    if (plugin === undefined) return { healthy: true, info };
    const unready = info.nodes.filter(({ ready }) => !ready).map(({ name }) => name);
    if (unready.length > 0) return ill(`has nodes that are not Ready (${unready.join(', ')})`);
    const cni = recogniseCni(daemonSets);
    if (cni.name !== plugin.recognisedAs || cni.version !== wanted.cniVersion) {
      return unfit(`runs ${`${cni.name} ${cni.version}`.trim()}, not ${plugin.recognisedAs} ${wanted.cniVersion}`);
    }
    const open = rollouts.filter((object) => object === undefined || !rolloutOf(object).done);
    return open.length > 0 ? ill(`has ${plugin.name} not fully rolled out`) : { healthy: true, info };
  } catch (error) {
    signal.throwIfAborted();
    return ill(`does not answer: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const ill = (reason: string): Health => ({ healthy: false, reason, lasting: false });
const unfit = (reason: string): Health => ({ healthy: false, reason, lasting: true });

/** Asks again, for a machine that is busy, until the cluster is healthy or `patienceMs` have passed. */
export async function awaitHealth(
  cluster: Cluster,
  wanted: HealthWanted,
  wait: {
    readonly clock: Clock;
    readonly patienceMs: number;
    readonly signal: AbortSignal;
    /** Told why it is not healthy yet. */
    readonly onWait?: (reason: string) => void;
  },
): Promise<Health> {
  const until = wait.clock.now() + wait.patienceMs;
  for (;;) {
    const health = await checkHealth(cluster, wanted, wait.signal);
    if (health.healthy || health.lasting || wait.clock.now() >= until) return health;
    wait.onWait?.(health.reason);
    await wait.clock.sleep(1_000, wait.signal);
  }
}

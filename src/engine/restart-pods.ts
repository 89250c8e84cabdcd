import { ClusterError } from '../core/diagnostics/errors.ts';
import { fullName } from '../core/model/pod-name.ts';
import type { Churn } from '../core/scenario/churn.ts';
import type { ChangeTimes } from '../ports/cluster.ts';
import { detach } from './detach.ts';
import type { Dialling } from './dialling.ts';
import { probingPods } from './probing-pods.ts';
import { placePods } from './provision.ts';
import type { LiveScenario } from './run-step.ts';
import type { PlacedPod } from './topology.ts';

/** How long containers may take to run again, in ms: a node and the plugin's agent on it have to be back before. */
const AGAIN_TIMEOUT_MS = 300_000;
const LOOK_MS = 100;

/**
 * Takes the sandboxes of pods away, alone or with their node, or ends their first process; resolves when every container of them was started again, the
 * pods are ready, and probe from where they are now. From when the API server tells a pod's new address, or
 * that its container was started again, the agents that are there dial it. Rejects with `ClusterError` `pod-not-restarted` where a pod does not come back.
 */
export async function restartPods(
  { pods, node, inPlace = false }: Extract<Churn, { kind: 'restart-pods' }>,
  live: LiveScenario,
  ahead: Dialling['ahead'],
): Promise<ChangeTimes> {
  const { scenario, clock, session, topology } = live;
  const names = pods.map(fullName);
  const placed = new Map([...topology.pods].filter(([name]) => names.includes(name)));
  const whole = node === undefined ? undefined : nodeOf(node, [...placed.values()], live);
  const before = await Promise.all([...placed.values()].map((pod) => stateOf(pod, live)));
  await detach(names, live);
  const sentMs = clock.now();
  const over = new AbortController();
  const back = comesBack(
    { placed, before, inPlace },
    { ...live, signal: AbortSignal.any([live.signal, over.signal]) },
    ahead,
  );
  // What went wrong is told when it is waited for.
  back.catch(() => {});
  const restart = inPlace ? endProcesses : restartUnder;
  await restart([...placed.values()], live, whole).catch(async (error: unknown) => {
    over.abort(error);
    await back.catch(() => {});
    throw error;
  });
  await back;
  const again = { ...scenario, pods, outside: [] };
  for (const [name, pod] of await placePods(again, live)) topology.pods.set(name, pod);
  for (const pod of pods) live.created.set(pod, topology.pods.get(fullName(pod))?.ips ?? []);
  await session.attach(probingPods(again, topology));
  return { sentMs, answeredMs: clock.now() };
}

async function restartUnder(pods: readonly PlacedPod[], live: LiveScenario, node?: string): Promise<void> {
  const { machinery } = live;
  if (node !== undefined) return machinery.restart({ kind: 'node', node }, live);
  await Promise.all(pods.map(({ ref, node: on }) => machinery.restart({ kind: 'sandbox', pod: ref, node: on }, live)));
}

async function endProcesses(pods: readonly PlacedPod[], { cluster, workloads, signal }: LiveScenario): Promise<void> {
  const options = { signal, timeoutMs: AGAIN_TIMEOUT_MS };
  // The stream may end before the command's status comes: the command ends what it runs in.
  await Promise.all(pods.map(({ ref }) => cluster.run(ref, workloads.endCommand('failed'), options)));
}

/** The node that is meant. Throws `ClusterError` `pod-elsewhere` where one of the pods is on another. */
function nodeOf(number: number, pods: readonly PlacedPod[], { nodes }: LiveScenario): string {
  const name = nodes[number - 1] ?? '';
  const elsewhere = pods.find(({ node }) => node !== name);
  if (elsewhere === undefined) return name;
  const { ref, node } = elsewhere;
  throw new ClusterError({
    code: 'pod-elsewhere',
    message: `pod ${ref.namespace}/${ref.name} is on node ${node}, not on ${name}, which is to be restarted`,
    hint: 'a pod with the address of another is on the node of that one, whatever its own `node` says',
  });
}

/** Pods that are restarted, and how they were before. */
interface Restarted {
  readonly placed: ReadonlyMap<string, PlacedPod>;
  readonly before: readonly PodState[];
  readonly inPlace: boolean;
}

/**
 * Waits until the containers of all pods were started again; has a pod dialled as soon as it has another address, one that keeps it
 * as soon as its container is another: the one before may answer until it is gone.
 */
async function comesBack(
  { placed: pods, before, inPlace }: Restarted,
  live: LiveScenario,
  ahead: Dialling['ahead'],
): Promise<void> {
  const { clock, signal, topology } = live;
  const starts = (pod: PodState | undefined) => (inPlace ? pod?.firstStarts : pod?.starts) ?? 0;
  const lastMs = clock.now() + AGAIN_TIMEOUT_MS;
  for (;;) {
    const now = await Promise.all([...pods.values()].map((pod) => stateOf(pod, live)));
    const isAgain = (index: number) => starts(now[index]) > starts(before[index]);
    const moved = [...pods].flatMap(([name, pod], index): readonly (readonly [string, PlacedPod])[] => {
      const { ips = [] } = now[index] ?? {};
      const isNew = inPlace ? isAgain(index) : ips.join() !== before[index]?.ips.join();
      return isNew && ips.length > 0 && !topology.pods.has(name) ? [[name, { ...pod, ips }]] : [];
    });
    for (const [name, pod] of moved) topology.pods.set(name, pod);
    const names = moved.map(([name]) => name);
    if (names.length > 0) await ahead(names, [...pods.keys()]);
    const waiting = [...pods.keys()].filter((_, index) => !isAgain(index));
    if (waiting.length === 0) return;
    if (clock.now() > lastMs) throw notRestarted(waiting);
    await clock.sleep(LOOK_MS, signal);
  }
}

function notRestarted(pods: readonly string[]): ClusterError {
  return new ClusterError({
    code: 'pod-not-restarted',
    message: `the containers of ${pods.join(', ')} were not started again in ${AGAIN_TIMEOUT_MS / 1_000} s`,
    hint: 'see what the kubelet says: kubectl describe pod',
  });
}

/** Addresses of a pod (API: `status.podIPs`), and how often its containers were started again, the least of each. */
interface PodState {
  readonly ips: readonly string[];
  readonly starts: number;
  /** The same of the first container, in which what probes runs. */
  readonly firstStarts: number;
}

async function stateOf(
  { ref: { namespace, name, container } }: PlacedPod,
  { cluster, signal }: Pick<LiveScenario, 'cluster' | 'signal'>,
): Promise<PodState> {
  const pod = await cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace, name }, { signal });
  const { podIPs = [], containerStatuses = [] } = (pod?.status ?? {}) as {
    readonly podIPs?: readonly { readonly ip: string }[];
    readonly containerStatuses?: readonly { readonly name: string; readonly restartCount: number }[];
  };
  const counts = containerStatuses.map(({ restartCount }) => restartCount);
  return {
    ips: podIPs.map(({ ip }) => ip),
    starts: counts.length === 0 ? 0 : Math.min(...counts),
    firstStarts: containerStatuses.find((status) => status.name === container)?.restartCount ?? 0,
  };
}

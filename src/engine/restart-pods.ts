import { ClusterError } from '../core/diagnostics/errors.ts';
import { fullName } from '../core/model/pod-name.ts';
import type { Churn } from '../core/scenario/churn.ts';
import type { ChangeTimes, Cluster, PodRef } from '../ports/cluster.ts';
import { detach } from './detach.ts';
import { probingPods } from './probing-pods.ts';
import { placePods } from './provision.ts';
import type { LiveScenario } from './run-step.ts';
import type { PlacedPod } from './topology.ts';

/** How long containers may take to run again, in ms: the kubelet may look for a node's sandboxes a minute late. */
const AGAIN_TIMEOUT_MS = 180_000;
const LOOK_MS = 100;

/**
 * Takes the sandboxes of pods away, alone or with their node; resolves when every container of them was started again, the
 * pods are ready, and probe from where they are now. Rejects with `ClusterError` `pod-not-restarted` where one is not.
 */
export async function restartPods(
  { pods, node }: Extract<Churn, { kind: 'restart-pods' }>,
  live: LiveScenario,
): Promise<ChangeTimes> {
  const { scenario, clock, machinery, session, topology } = live;
  const names = pods.map(fullName);
  const placed = names.map((name) => topology.pods.get(name)).filter((pod) => pod !== undefined);
  const whole = node === undefined ? undefined : nodeOf(node, placed, live);
  const before = await startsOf(placed, live);
  await detach(names, live);
  const sentMs = clock.now();
  await (whole === undefined
    ? Promise.all(placed.map((pod) => machinery.restart({ kind: 'sandbox', pod: pod.ref, node: pod.node }, live)))
    : machinery.restart({ kind: 'node', node: whole }, live));
  await restarted(placed, before, live);
  const back = { ...scenario, pods, outside: [] };
  for (const [name, pod] of await placePods(back, live)) topology.pods.set(name, pod);
  for (const pod of pods) live.created.set(pod, topology.pods.get(fullName(pod))?.ips ?? []);
  await session.attach(probingPods(back, topology));
  return { sentMs, answeredMs: clock.now() };
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

async function restarted(pods: readonly PlacedPod[], before: readonly number[], live: LiveScenario): Promise<void> {
  const { clock, signal } = live;
  const lastMs = clock.now() + AGAIN_TIMEOUT_MS;
  for (;;) {
    const now = await startsOf(pods, live);
    const waiting = pods.filter((_, index) => (now[index] ?? 0) <= (before[index] ?? 0));
    if (waiting.length === 0) return;
    if (clock.now() > lastMs) {
      const names = waiting.map(({ ref }) => `${ref.namespace}/${ref.name}`).join(', ');
      throw new ClusterError({
        code: 'pod-not-restarted',
        message: `the containers of ${names} were not started again in ${AGAIN_TIMEOUT_MS / 1_000} s`,
        hint: 'see what the kubelet says: kubectl describe pod',
      });
    }
    await clock.sleep(LOOK_MS, signal);
  }
}

/** How often the containers of each pod were started again, the least of each (API: `status.containerStatuses`). */
function startsOf(
  pods: readonly PlacedPod[],
  { cluster, signal }: Pick<LiveScenario, 'cluster' | 'signal'>,
): Promise<readonly number[]> {
  return Promise.all(pods.map(({ ref }) => startsOfPod(ref, cluster, signal)));
}

async function startsOfPod({ namespace, name }: PodRef, cluster: Cluster, signal: AbortSignal): Promise<number> {
  const pod = await cluster.get({ apiVersion: 'v1', kind: 'Pod', namespace, name }, { signal });
  const { containerStatuses = [] } = (pod?.status ?? {}) as {
    readonly containerStatuses?: readonly { readonly restartCount: number }[];
  };
  return containerStatuses.length === 0 ? 0 : Math.min(...containerStatuses.map(({ restartCount }) => restartCount));
}

import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Cluster, ObjectRef } from '../../ports/cluster.ts';
import type { ProviderCall } from '../../ports/cluster-provider.ts';
import { type Rollout, rolloutOf } from './rollout.ts';

const pollMs = 500;

/** What to wait for, and how long, in milliseconds. */
export interface RolloutWait {
  readonly rollouts: readonly ObjectRef[];
  readonly timeoutMs: number;
  readonly clock: Clock;
}

/**
 * Waits until all nodes are Ready and all rollouts done, telling how far they are. Rejects with `ClusterError`
 * `cni-not-ready`, which says what was still missing and holds events and last log lines of the pods concerned.
 */
export async function waitForRollout(cluster: Cluster, wait: RolloutWait, call: ProviderCall): Promise<void> {
  const { clock, timeoutMs } = wait;
  const until = clock.now() + timeoutMs;
  for (;;) {
    const missing = await missingParts(cluster, wait.rollouts, call.signal);
    if (missing.length === 0) return;
    call.progress.detail(missing.join(', '));
    if (clock.now() >= until) throw await notReady(cluster, missing, wait);
    await clock.sleep(pollMs, call.signal);
  }
}

async function missingParts(
  cluster: Cluster,
  rollouts: readonly ObjectRef[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { nodes } = await cluster.info({ signal });
  const unready = nodes.filter(({ ready }) => !ready).map(({ name }) => name);
  const states = await Promise.all(
    rollouts.map(async (ref): Promise<Rollout> => {
      const object = await cluster.get(ref, { signal });
      return object === undefined ? { done: false, text: `${ref.name} is not there` } : rolloutOf(object);
    }),
  );
  return [
    ...(unready.length > 0 ? [`node ${unready.join(', ')} not Ready`] : []),
    ...states.filter(({ done }) => !done).map(({ text }) => text),
  ];
}

async function notReady(
  cluster: Cluster,
  missing: readonly string[],
  { rollouts, timeoutMs }: RolloutWait,
): Promise<ClusterError> {
  const namespaces = [...new Set(rollouts.flatMap(({ namespace }) => namespace ?? []))];
  const stories = await Promise.all(namespaces.map((namespace) => troublesIn(cluster, namespace)));
  const tail = stories.join('\n').trim();
  return new ClusterError({
    code: 'cni-not-ready',
    message: `the network plugin was not ready after ${timeoutMs / 1000} s: ${missing.join(', ')}`,
    hint: 'Look at the events above; "netproof down" and "netproof up" begin afresh.',
    ...(tail !== '' && { outputTail: tail }),
  });
}

/** Asks for the troubled pods' stories: the waiting of the cluster port tells them when it gives up, here at once. */
async function troublesIn(cluster: Cluster, namespace: string): Promise<string> {
  const pods = await cluster.list({ apiVersion: 'v1', kind: 'Pod', namespace }).catch(() => []);
  const names = pods.map(({ metadata }) => metadata.name);
  const story: unknown = await cluster.waitForPods(namespace, names, { timeoutMs: 1_000 }).then(
    () => undefined,
    (error: unknown) => error,
  );
  return story instanceof ClusterError ? [story.message, story.outputTail ?? ''].join('\n').trim() : '';
}

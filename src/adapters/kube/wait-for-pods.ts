import type { Clock } from '../../ports/clock.ts';
import type { Cluster, KubeObject } from '../../ports/cluster.ts';
import type { ObjectVerbs } from './objects.ts';
import { hasEnded, isReady, isStuck } from './pod-state.ts';
import { podTrouble } from './pod-trouble.ts';

const pollMs = 300;
/** A pod that has been stuck for so long, in ms, is given up before its time is over; twice a kubelet's first back-off. */
const stuckMs = 20_000;

/** Lists the namespace's pods again and again: at our size that is as quick as a watch and has no state to lose. */
export function createWaitForPods(verbs: ObjectVerbs, logs: Cluster['logs'], clock: Clock): Cluster['waitForPods'] {
  return async (namespace, names, options) => {
    const { signal, timeoutMs } = options;
    const started = clock.now();
    const stuckSince = new Map<string, number>();
    let seen: ReadonlyMap<string, KubeObject> = new Map();
    for (;;) {
      const pods = await verbs.list(
        { apiVersion: 'v1', kind: 'Pod', namespace },
        signal === undefined ? {} : { signal },
      );
      seen = new Map(pods.map((pod) => [pod.metadata.name, pod]));
      const wanted = names.flatMap((name) => seen.get(name) ?? []);
      if (wanted.length === names.length && wanted.every(isReady)) return wanted;
      const now = clock.now();
      const waitedMs = now - started;
      noteStuck(wanted, stuckSince, now);
      const hopeless = wanted.some(hasEnded) || [...stuckSince.values()].some((since) => now - since >= stuckMs);
      if (waitedMs >= timeoutMs || hopeless) {
        throw await podTrouble(verbs, logs, { namespace, names, waitedMs, seen, isDone: isReady });
      }
      await clock.sleep(Math.min(pollMs, timeoutMs - waitedMs), signal);
    }
  };
}

/** Since when each pod has been stuck; one that crashed and runs again counts on, one that is ready does not. */
function noteStuck(pods: readonly KubeObject[], since: Map<string, number>, nowMs: number): void {
  for (const pod of pods) {
    const { name } = pod.metadata;
    if (isReady(pod)) since.delete(name);
    else if (isStuck(pod) && !since.has(name)) since.set(name, nowMs);
  }
}

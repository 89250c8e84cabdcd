import type { Clock } from '../../ports/clock.ts';
import type { Cluster, KubeObject } from '../../ports/cluster.ts';
import type { ObjectVerbs } from './objects.ts';
import { hasEnded, isReady } from './pod-state.ts';
import { podTrouble } from './pod-trouble.ts';
import type { Send } from './requests.ts';

const pollMs = 300;

/** Lists the namespace's pods again and again: at our size that is as quick as a watch and has no state to lose. */
export function createWaitForPods(verbs: ObjectVerbs, send: Send, clock: Clock): Cluster['waitForPods'] {
  return async (namespace, names, options) => {
    const { signal, timeoutMs } = options;
    const started = clock.now();
    let seen: ReadonlyMap<string, KubeObject> = new Map();
    for (;;) {
      const pods = await verbs.list(
        { apiVersion: 'v1', kind: 'Pod', namespace },
        signal === undefined ? {} : { signal },
      );
      seen = new Map(pods.map((pod) => [pod.metadata.name, pod]));
      const wanted = names.flatMap((name) => seen.get(name) ?? []);
      if (wanted.length === names.length && wanted.every(isReady)) return wanted;
      const waitedMs = clock.now() - started;
      if (waitedMs >= timeoutMs || wanted.some(hasEnded)) {
        throw await podTrouble(verbs, send, { namespace, names, waitedMs, seen, isDone: isReady });
      }
      await clock.sleep(Math.min(pollMs, timeoutMs - waitedMs), signal);
    }
  };
}

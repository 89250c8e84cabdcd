import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Cluster, KubeObject } from '../../ports/cluster.ts';
import type { ObjectVerbs } from './objects.ts';
import { crashedContainers, describePod } from './pod-state.ts';

/** Of each pod this many of its latest events, and of a crashed container this many last lines, are shown. */
const eventsShown = 5;
const logLinesShown = 10;
/** Asking what went wrong is bounded too. */
const askMs = 5_000;

/** The parts of `Event` (core/v1) that tell a story. */
interface PodEvent {
  readonly involvedObject?: { readonly kind?: string; readonly name?: string };
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

/** What was waited for and what was there when the wait was given up. */
export interface Wait {
  readonly namespace: string;
  readonly names: readonly string[];
  readonly waitedMs: number;
  /** The pods of the namespace as last seen, by name. */
  readonly seen: ReadonlyMap<string, KubeObject>;
  readonly isDone: (pod: KubeObject) => boolean;
}

/** Says of every pod that is not ready its last state, its events, and the last words of a container that crashed. */
export async function podTrouble(verbs: ObjectVerbs, logs: Cluster['logs'], wait: Wait): Promise<ClusterError> {
  const { namespace, names, seen, isDone, waitedMs } = wait;
  const missing = names.filter((name) => {
    const pod = seen.get(name);
    return pod === undefined || !isDone(pod);
  });
  const events = await verbs.list({ apiVersion: 'v1', kind: 'Event', namespace }, { timeoutMs: askMs }).catch(() => []);
  const stories = missing.map((name) => {
    const pod = seen.get(name);
    const state = pod === undefined ? 'does not exist' : describePod(pod);
    return [`  ${name} ${state}`, ...eventsOf(events, name).map((line) => `    ${line}`)].join('\n');
  });
  const words = await lastWords(
    logs,
    namespace,
    missing.flatMap((name) => seen.get(name) ?? []),
  );
  return new ClusterError({
    code: 'pods-not-ready',
    message: `${missing.length} of ${names.length} pods in ${namespace} not ready after ${Math.round(waitedMs / 100) / 10} s:\n${stories.join('\n')}`,
    hint: `See \`kubectl describe pod --namespace ${namespace} ${missing[0] ?? ''}\`.`,
    ...(words === '' ? {} : { outputTail: words }),
  });
}

function eventsOf(events: readonly KubeObject[], name: string): readonly string[] {
  return (events as readonly (KubeObject & PodEvent)[])
    .filter(({ involvedObject }) => involvedObject?.kind === 'Pod' && involvedObject.name === name)
    .toSorted((one, other) => when(one).localeCompare(when(other)))
    .slice(-eventsShown)
    .map(
      ({ type, reason, message, count = 1 }) =>
        `${type} ${reason}: ${message?.trim()}${count > 1 ? ` (${count} times)` : ''}`,
    );
}

const when = ({ lastTimestamp, eventTime }: PodEvent) => lastTimestamp ?? eventTime ?? '';

/** The log's end of the first few crashed containers, each under its name. */
async function lastWords(logs: Cluster['logs'], namespace: string, pods: readonly KubeObject[]): Promise<string> {
  const crashed = pods.flatMap((pod) =>
    crashedContainers(pod).map((container) => ({ pod: pod.metadata.name, ...container })),
  );
  const texts = await Promise.all(
    crashed.slice(0, 3).map(async ({ pod, name, restarted }) => {
      const bounds = { tailLines: logLinesShown, previous: restarted, timeoutMs: askMs };
      const text = await logs({ namespace, name: pod, container: name }, bounds).catch(() => '');
      return text.trim() === '' ? '' : `log of ${pod}, container ${name}:\n${text.trimEnd()}`;
    }),
  );
  return texts.filter((text) => text !== '').join('\n');
}

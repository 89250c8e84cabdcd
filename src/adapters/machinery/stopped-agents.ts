import type { Clock } from '../../ports/clock.ts';
import type { CallOptions, ChangeTimes, Cluster, KubeObject, ObjectRef } from '../../ports/cluster.ts';
import { rolloutOf } from '../cni/rollout.ts';
import { awaitState } from './await-state.ts';

/** A DaemonSet that asks for nodes with this label runs nowhere. It also marks what has to be started again. */
const STOPPED_LABEL = 'netproof.io/stopped';

/** Patch of a DaemonSet that takes its pods away, or lets them come back. */
function selecting(value: string | null): unknown {
  return { spec: { template: { spec: { nodeSelector: { [STOPPED_LABEL]: value } } } } };
}

/**
 * Until a process has surely ended whose pod is gone, in ms: pods without a grace period (calico-node) are taken from the
 * API before the kubelet kills what runs in them.
 */
const KILLED_MS = 3_000;

/** What stopping and starting takes. */
export interface AgentSwitch {
  readonly cluster: Cluster;
  readonly clock: Clock;
}

/** Takes the DaemonSet's pods from all nodes; resolves when the last one is gone. */
export async function stopAgents(
  { cluster, clock }: AgentSwitch,
  daemonSet: ObjectRef,
  labelSelector: string,
  options: CallOptions,
): Promise<ChangeTimes> {
  const { sentMs } = await cluster.patch(daemonSet, selecting('true'), options);
  const query = { apiVersion: 'v1', kind: 'Pod', ...namespaceOf(daemonSet), labelSelector };
  const missing = async (): Promise<string | undefined> => {
    const left = await cluster.list(query, options);
    return left.length === 0 ? undefined : `still there: ${left.map(({ metadata }) => metadata.name).join(', ')}`;
  };
  await awaitState({ clock, what: `${daemonSet.name} is stopped`, missing }, options);
  await clock.sleep(KILLED_MS, options.signal);
  return { sentMs, answeredMs: clock.now() };
}

/** Lets the DaemonSet's pods run again; resolves when they are ready on all nodes. */
export async function startAgents(
  { cluster, clock }: AgentSwitch,
  daemonSet: ObjectRef,
  options: CallOptions,
): Promise<ChangeTimes> {
  const { sentMs } = await cluster.patch(daemonSet, selecting(null), options);
  const missing = async (): Promise<string | undefined> => {
    const object = await cluster.get(daemonSet, options);
    const rollout = object === undefined ? undefined : rolloutOf(object);
    return rollout?.done === true ? undefined : (rollout?.text ?? 'it is not there');
  };
  await awaitState({ clock, what: `${daemonSet.name} is started`, missing }, options);
  return { sentMs, answeredMs: clock.now() };
}

/** Starts every DaemonSet again that a run has stopped, this one or one that was killed; resolves with their names. */
export async function restoreAgents(agentSwitch: AgentSwitch, options: CallOptions): Promise<readonly string[]> {
  const sets = await agentSwitch.cluster.list({ apiVersion: 'apps/v1', kind: 'DaemonSet' }, options);
  const stopped = sets.filter(isStopped).map(({ apiVersion, kind, metadata }) => ({
    apiVersion,
    kind,
    ...namespaceOf(metadata),
    name: metadata.name,
  }));
  await Promise.all(stopped.map((set) => startAgents(agentSwitch, set, options)));
  return stopped.map(({ namespace, name }) => `DaemonSet ${namespace}/${name}`);
}

function isStopped(object: KubeObject): boolean {
  const { spec } = object as { readonly spec?: { template?: { spec?: { nodeSelector?: Record<string, string> } } } };
  return STOPPED_LABEL in (spec?.template?.spec?.nodeSelector ?? {});
}

function namespaceOf({ namespace }: { readonly namespace?: string }): { readonly namespace?: string } {
  return namespace === undefined ? {} : { namespace };
}

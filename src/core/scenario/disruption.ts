import { restartsNode } from './churn.ts';

/** A part of a network plugin: the agent that enforces policy on each node, or the controller that serves them all. */
export type PluginPart = 'agent' | 'controller';

/** How something is restarted: its pods deleted through the API, or its first process killed where it runs. */
export type RestartHow = 'delete' | 'kill';

/**
 * A change of the machinery that carries the pods' network instead of an object. It counts as made once what was
 * restarted or started is ready again, or what was stopped is gone. `of` names a pod, and means the node that it is on;
 * without it every node is meant.
 */
export type Disruption =
  | { readonly kind: 'restart-plugin'; readonly part: PluginPart; readonly how: RestartHow; readonly of?: string }
  | { readonly kind: 'stop-agent' }
  | { readonly kind: 'start-agent' }
  | { readonly kind: 'restart-api-server' }
  /** The nodes that do not carry the API server do not reach it, until `join-api-server`, or 25 s are over. */
  | { readonly kind: 'cut-api-server' }
  | { readonly kind: 'join-api-server' };

const WORDS: Readonly<Record<Exclude<Disruption['kind'], 'restart-plugin'>, string>> = {
  'stop-agent': "stop the plugin's agents",
  'start-agent': "start the plugin's agents",
  'restart-api-server': 'kill the API server',
  'cut-api-server': 'cut the nodes off from the API server',
  'join-api-server': 'let the nodes reach the API server again',
};

const KINDS: ReadonlySet<string> = new Set(['restart-plugin', ...Object.keys(WORDS)]);

/** Whether a change is one of the machinery: it concerns every cell, and every scenario on the cluster. */
export function isDisruption(change: { readonly kind: string }): change is Disruption {
  return KINDS.has(change.kind);
}

/** Whether a change disturbs what all pods of the cluster share: the machinery, or a node. It concerns every cell, and every scenario. */
export function disturbsAll(change: { readonly kind: string }): boolean {
  return isDisruption(change) || restartsNode(change);
}

/** What a cluster has to allow for a disruption, or for a restart of pods: names as `needs` has them. */
export type DisruptionNeed =
  | 'agent-restart'
  | 'controller-restart'
  | 'nodes-as-containers'
  | 'api-server-restart'
  | 'api-server-cut'
  | 'node-restart'
  | 'sandbox-restart';

/** What a disruption needs. */
export function needsOfDisruption(change: Disruption): readonly DisruptionNeed[] {
  if (change.kind === 'restart-api-server') return ['api-server-restart'];
  if (change.kind === 'cut-api-server' || change.kind === 'join-api-server') return ['api-server-cut'];
  if (change.kind !== 'restart-plugin') return ['agent-restart'];
  const part: DisruptionNeed = change.part === 'agent' ? 'agent-restart' : 'controller-restart';
  return change.how === 'kill' ? [part, 'nodes-as-containers'] : [part];
}

/** In words, for people. */
export function describeDisruption(change: Disruption): string {
  if (change.kind !== 'restart-plugin') return WORDS[change.kind];
  const { part, how, of } = change;
  const what = part === 'controller' ? 'controller' : of === undefined ? 'agents' : `agent on the node of ${of}`;
  return `${how === 'kill' ? 'kill' : 'delete the pods of'} the plugin's ${what}`;
}

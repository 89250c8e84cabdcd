import type { Clock } from '../../ports/clock.ts';
import type { CallOptions, Cluster } from '../../ports/cluster.ts';
import type { ContainerEngine } from '../container-engine/container-engine.ts';
import { awaitState } from './await-state.ts';
import { docker } from './node-containers.ts';
import { type PartPods, pluginPods } from './plugin-pods.ts';

/** How long the node's own processes get to end, in seconds, as at a reboot. */
const STOP_SECONDS = 10;

/** What restarting a node takes. */
export interface NodeRestart {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly engine: ContainerEngine;
  /** The plugin's agents, where it is a known one. */
  readonly agent: PartPods | undefined;
}

/** Restarts a node that is a container; resolves when the plugin's agent is ready on it again. An abort does not cut the restart itself short. */
export async function restartNode(
  { cluster, clock, engine, agent }: NodeRestart,
  node: string,
  options: CallOptions = {},
): Promise<void> {
  const agents = async () => (agent === undefined ? [] : pluginPods(cluster, agent, [node], {}));
  const before = new Set((await agents()).map(({ mark }) => mark));
  await docker(engine, ['restart', '--time', String(STOP_SECONDS), node], {});
  if (before.size === 0) return;
  const missing = async (): Promise<string | undefined> => {
    const back = (await agents()).some(({ mark, ready }) => ready && !before.has(mark));
    return back ? undefined : 'not ready yet';
  };
  await awaitState({ clock, what: `the plugin's agent on node ${node} is ready again`, missing }, options);
}

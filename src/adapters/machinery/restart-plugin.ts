import type { Clock } from '../../ports/clock.ts';
import type { CallOptions, ChangeTimes, Cluster } from '../../ports/cluster.ts';
import { awaitState } from './await-state.ts';
import { type PartPods, type PluginPod, pluginPods } from './plugin-pods.ts';

/** What a restart takes. `end` ends one pod's container or the pod itself. */
export interface Restart {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly part: PartPods;
  /** Undefined: on all nodes. */
  readonly nodes: readonly string[] | undefined;
  readonly end: (pod: PluginPod) => Promise<unknown>;
}

/** Ends the part's pods all at once and waits until as many others, or the same ones restarted, are ready. */
export async function restartPlugin(restart: Restart, options: CallOptions): Promise<ChangeTimes> {
  const { cluster, clock, part, nodes, end } = restart;
  const before = await pluginPods(cluster, part, nodes, options);
  const marks = new Set(before.map(({ mark }) => mark));
  const sentMs = clock.now();
  await Promise.all(before.map(end));
  const missing = async (): Promise<string | undefined> => {
    const now = await pluginPods(cluster, part, nodes, options);
    const back = now.filter(({ mark, ready }) => ready && !marks.has(mark));
    return before.length > 0 && back.length >= before.length ? undefined : `${back.length} of ${before.length} ready`;
  };
  await awaitState({ clock, what: `pods of ${part.labelSelector} are ready again`, missing }, options);
  return { sentMs, answeredMs: clock.now() };
}

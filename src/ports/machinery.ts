import type { Disruption, DisruptionNeed } from '../core/scenario/disruption.ts';
import type { CallOptions, ChangeTimes } from './cluster.ts';

/** What carries the pods' network: the plugin's agents and controller, and the nodes. */
export interface Machinery {
  /** Why the cluster does not allow it, as a clause; undefined where it does. */
  lacks(need: DisruptionNeed): Promise<string | undefined>;
  /**
   * Makes the change on the named nodes, or on all of them; resolves once what was restarted is ready again, what was
   * stopped is gone. Rejects with `ClusterError` `machinery-not-ready` when that does not happen in time.
   */
  change(disruption: Disruption, nodes: readonly string[] | undefined, options: CallOptions): Promise<ChangeTimes>;
  /** Starts again what a run stopped, this one or an earlier one; resolves with what that was. */
  restore(options?: CallOptions): Promise<readonly string[]>;
}

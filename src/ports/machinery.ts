import type { Disruption, DisruptionNeed } from '../core/scenario/disruption.ts';
import type { CallOptions, ChangeTimes, PodRef } from './cluster.ts';

/** What is restarted under pods: one pod's sandbox, on the node that it is on, or a whole node. */
export type Restart =
  | { readonly kind: 'sandbox'; readonly pod: PodRef; readonly node: string }
  | { readonly kind: 'node'; readonly node: string };

/** What carries the pods' network: the plugin's agents and controller, and the nodes. */
export interface Machinery {
  /** Why the cluster does not allow it, as a clause; undefined where it does. */
  lacks(need: DisruptionNeed): Promise<string | undefined>;
  /**
   * Makes the change on the named nodes, or on all of them; resolves once what was restarted is ready again, what was
   * stopped is gone. Rejects with `ClusterError` `machinery-not-ready` when that does not happen in time.
   */
  change(disruption: Disruption, nodes: readonly string[] | undefined, options: CallOptions): Promise<ChangeTimes>;
  /**
   * Takes a pod's sandbox away, or restarts a node; resolves once that is done and the plugin is back there. The pods come back
   * later, by the kubelet. An abort ends the waiting only: a node half restarted would be left behind. Rejects with `ClusterError`.
   */
  restart(what: Restart, options?: CallOptions): Promise<void>;
  /** Starts again what a run stopped, this one or an earlier one; resolves with what that was. */
  restore(options?: CallOptions): Promise<readonly string[]>;
}

import type { OutsideHost } from '../core/scenario/scenario.ts';
import type { CallOptions, PodRef } from './cluster.ts';

/** A host outside the pod network that runs our agent. */
interface StartedHost {
  /** For `ProbePod`. */
  readonly ref: PodRef;
  readonly ips: readonly string[];
}

/** The way to a pod: its address is reached through its node's. Both of one family. */
export interface Route {
  readonly to: string;
  readonly via: string;
}

/** Hosts beside the cluster's nodes, on their network and outside the pods'. */
export interface OutsideHosts {
  /** Why there can be none, as a clause; undefined where there can. */
  lacks(): Promise<string | undefined>;
  /** Starts a host under a name that is unique on the machine, marked with the run's id. Rejects with `ClusterError`. */
  start(
    host: OutsideHost,
    named: { readonly name: string; readonly runId: string },
    options: CallOptions,
  ): Promise<StartedHost>;
  /** Leads what the host sends to pods through their nodes: nobody else knows the way. */
  route(ref: PodRef, routes: readonly Route[], options: CallOptions): Promise<void>;
  /**
   * Removes the hosts of a run, or with no `runId` of every run but those that are excepted; resolves with their names.
   * Takes no signal: clean-up has to run to its end.
   */
  remove(which: { readonly runId?: string; readonly except?: readonly string[] }): Promise<readonly string[]>;
}

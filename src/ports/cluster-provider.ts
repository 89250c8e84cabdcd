import type { ImageProvenance } from '../core/result/result.ts';
import type { ClusterInfo } from './cluster.ts';
import type { Progress } from './progress.ts';

/** The network plugin of a cluster. `name` `none`: there is none; `unknown`: there is one, but netproof cannot tell which. */
export interface CniInfo {
  readonly name: string;
  /** e.g. `v3.28.5`; empty where it could not be found out. */
  readonly version: string;
}

/** A cluster that answers, and how to reach it. */
export interface ReadyCluster {
  readonly provider: 'kind' | 'kubeconfig';
  /** Path of a kubeconfig file; absent: kubectl's own rules (KUBECONFIG, ~/.kube/config). */
  readonly kubeconfig?: string;
  /** A context of it; absent: its current one. */
  readonly context?: string;
  readonly cni: CniInfo;
  /** Images that netproof put on the nodes; empty on a cluster that it did not make. */
  readonly images: readonly ImageProvenance[];
  /** It stood already. */
  readonly reused: boolean;
}

/** What stands, found out without changing anything. */
export type ClusterStatus =
  | { readonly state: 'absent'; readonly reason: string }
  /** Something is there that cannot be used, e.g. a half-made cluster or stopped nodes. */
  | { readonly state: 'broken'; readonly reason: string }
  | { readonly state: 'up'; readonly cluster: ReadyCluster; readonly info: ClusterInfo };

/** Who is told about long work, and who may stop it. */
export interface ProviderCall {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Gets a cluster, whoever makes it. All verbs reject with `ClusterError`. */
export interface ClusterProvider {
  /** Resolves with a cluster whose nodes are Ready and whose plugin is rolled out: an existing one where it fits, else a new one. */
  ensure(call: ProviderCall): Promise<ReadyCluster>;
  /** Removes what `ensure` made, and nothing else; resolves with false where there was nothing. */
  remove(call: ProviderCall): Promise<boolean>;
  /** Looks, and changes nothing. */
  status(call: ProviderCall): Promise<ClusterStatus>;
}

import type { KubeObject, ObjectRef } from '../../ports/cluster.ts';

/** A network plugin that netproof can install, described as data. */
export interface CniPlugin {
  /** As written after `--cni`, and as `result.json` records it. */
  readonly name: string;
  /** What `--cni NAME` without a version means. */
  readonly defaultVersion: string;
  /** Where its makers publish the manifest of a version, e.g. `v3.28.5`. */
  readonly manifestUrl: (version: string) => string;
  /** The manifest's objects for a cluster of other IP families than the one that it was written for. */
  readonly forIpFamily: (objects: readonly KubeObject[], family: 'ipv4' | 'ipv6' | 'dual') => readonly KubeObject[];
  /** What enforces policy on each node. */
  readonly agent: {
    readonly namespace: string;
    readonly daemonSet: string;
    readonly container: string;
    readonly labelSelector: string;
  };
  /** What tells the agents what to enforce, where there is such a thing. */
  readonly controller?: {
    readonly namespace: string;
    readonly deployment: string;
    readonly container: string;
    readonly labelSelector: string;
  };
  /** DaemonSets and Deployments that must be rolled out before the plugin counts as installed. */
  readonly rollouts: readonly ObjectRef[];
}

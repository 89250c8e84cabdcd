import type { ClusterNode } from './cluster-node.ts';
import type { Host } from './host.ts';
import type { Namespace } from './namespace.ts';
import type { Pod } from './pod.ts';
import type { NetworkPolicy } from './policy.ts';
import type { Service } from './service.ts';

/** All that decides a connection at one moment: what the oracle compiles. */
export interface ClusterState {
  readonly namespaces: readonly Namespace[];
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly policies: readonly NetworkPolicy[];
  readonly hosts?: readonly Host[];
  /** The nodes that are known, maybe none. */
  readonly nodes?: readonly ClusterNode[];
}

import type { ClusterNode } from '../model/cluster-node.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import type { Host } from '../model/host.ts';
import type { Pod } from '../model/pod.ts';
import type { NetworkPolicy, PolicyType } from '../model/policy.ts';
import type { Labels } from '../model/selector.ts';
import type { Service } from '../model/service.ts';
import type { Holder } from './address-holders.ts';
import { type CompiledPolicies, compiledTier, compilePolicies } from './compiled/tier.ts';
import type { Connection } from './connection.ts';
import { decide, decideIn } from './decide.ts';
import type { Decision } from './decision.ts';
import { familiesIn } from './families.ts';
import { indexState, type StateIndex } from './state-index.ts';
import type { Tier } from './tier.ts';
import type { World, WorldOptions } from './world.ts';

/** How an oracle answers where there is a choice. */
export interface OracleOptions extends WorldOptions {
  /** Tiers asked before NetworkPolicy, in order. */
  readonly before?: readonly Tier[];
  /** Tiers asked after NetworkPolicy, for pods that it does not isolate. */
  readonly after?: readonly Tier[];
}

/** Says what should happen in a cluster's state. */
export interface Oracle {
  /** Those given, with the families that the state shows. */
  readonly options: OracleOptions & Required<Pick<OracleOptions, 'families'>>;
  /** Whether the connection is allowed, and which tier says so. */
  decide(connection: Connection): Decision;
  /** The same under one of the documented behaviours. */
  decideIn(connection: Connection, world: World): Decision;
  /** A pod by `namespace/name`. */
  pod(name: string): Pod | undefined;
  /** Every pod, in the order of the state. */
  pods(): readonly Pod[];
  podsIn(namespace: string): readonly Pod[];
  /** A Service by `namespace/name`. */
  service(name: string): Service | undefined;
  services(): readonly Service[];
  /** A host outside the pod network by `outside/name`. */
  host(name: string): Host | undefined;
  node(name: string): ClusterNode | undefined;
  /** The nodes that the state lists, maybe none. */
  nodes(): readonly ClusterNode[];
  /** What has an address: a pod that lives and is not on its node's network, a Service or a node. */
  holderOf(address: string): Holder | undefined;
  /** Whether the state lists the namespace. */
  hasNamespace(name: string): boolean;
  /** The policies in the form that fast answers are made of. */
  readonly compiled: CompiledPolicies;
  /** Every policy, in the order of the state. */
  readonly policies: readonly NetworkPolicy[];
  /** The policies that isolate the pod in a direction. */
  policiesOn(pod: Pod, direction: PolicyType): readonly NetworkPolicy[];
  /** The labels of a namespace with the one that the API server adds. */
  labelsOf(namespace: string): Labels;
  /** The oracle of the state in which the pod of that name has these labels; nothing is compiled again. */
  withPodLabels(name: string, labels: Labels): Oracle;
}

/** Prepares a state for many questions. The state must not change afterwards. Throws RangeError for a cluster of no address family. */
export function compile(state: ClusterState, options: OracleOptions = {}): Oracle {
  const compiled = compilePolicies(state.policies);
  const chosen = { ...options, families: options.families ?? familiesIn(state) };
  if (chosen.families.length === 0) throw new RangeError('a cluster has at least one address family');

  const oracleFor = (index: StateIndex): Oracle => {
    const tiers = [...(options.before ?? []), compiledTier(compiled, index.labelsOf), ...(options.after ?? [])];
    return {
      options: chosen,
      decide: (connection) => decide(tiers, connection, chosen),
      decideIn: (connection, world) => decideIn(tiers, connection, world),
      pod: index.pod,
      pods: index.pods,
      podsIn: index.podsIn,
      service: index.service,
      services: index.services,
      host: index.host,
      node: index.node,
      nodes: index.nodes,
      holderOf: index.holderOf,
      hasNamespace: index.hasNamespace,
      compiled,
      policies: state.policies,
      policiesOn: (pod, direction) =>
        compiled
          .get(pod.namespace)
          ?.filter((policy) => policy[direction] !== undefined && policy.target.matches(pod.labels))
          .map(({ source }) => source) ?? [],
      labelsOf: index.labelsOf,
      withPodLabels: (name, labels) => {
        const pod = index.pod(name);
        if (pod === undefined) throw new RangeError(`there is no pod ${name}`);
        return oracleFor(index.withPod({ ...pod, labels }));
      },
    };
  };
  return oracleFor(indexState(state));
}

import type { ClusterState } from '../model/cluster-state.ts';
import { namespaceLabels } from '../model/namespace-labels.ts';
import type { Pod } from '../model/pod.ts';
import { fullName } from '../model/pod-name.ts';
import type { NetworkPolicy, PolicyType } from '../model/policy.ts';
import { policyTypesOf } from '../model/policy-types.ts';
import { selects } from '../model/selection.ts';
import type { Labels } from '../model/selector.ts';
import type { Service } from '../model/service.ts';
import type { Connection } from './connection.ts';
import { decide, decideIn } from './decide.ts';
import type { Decision } from './decision.ts';
import { referenceTier } from './reference.ts';
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
  readonly state: ClusterState;
  readonly options: OracleOptions;
  /** Whether the connection is allowed, and which tier says so. */
  decide(connection: Connection): Decision;
  /** The same under one of the documented behaviours. */
  decideIn(connection: Connection, world: World): Decision;
  /** A pod by `namespace/name`. */
  pod(name: string): Pod | undefined;
  /** A Service by `namespace/name`. */
  service(name: string): Service | undefined;
  /** The policies that isolate the pod in a direction. */
  policiesOn(pod: Pod, direction: PolicyType): readonly NetworkPolicy[];
  /** The labels of a namespace with the one that the API server adds. */
  labelsOf(namespace: string): Labels;
}

/** Prepares a state for many questions. The state must not change afterwards. */
export function compile(state: ClusterState, options: OracleOptions = {}): Oracle {
  return oracleOf(state, referenceTier(state), options);
}

/** The oracle whose NetworkPolicy tier is given: the compiled one, or the reference in tests. */
export function oracleOf(state: ClusterState, networkPolicy: Tier, options: OracleOptions = {}): Oracle {
  const tiers = [...(options.before ?? []), networkPolicy, ...(options.after ?? [])];
  const pods = new Map(state.pods.map((pod) => [fullName(pod), pod]));
  const services = new Map(state.services.map((service) => [fullName(service), service]));
  const namespaces = new Map(state.namespaces.map((namespace) => [namespace.name, namespaceLabels(namespace)]));
  const policies = Map.groupBy(state.policies, ({ metadata }) => metadata.namespace);
  return {
    state,
    options,
    decide: (connection) => decide(tiers, connection, options),
    decideIn: (connection, world) => decideIn(tiers, connection, world),
    pod: (name) => pods.get(name),
    service: (name) => services.get(name),
    policiesOn: (pod, direction) =>
      (policies.get(pod.namespace) ?? []).filter(
        ({ spec }) => policyTypesOf(spec).includes(direction) && selects(spec.podSelector ?? {}, pod.labels),
      ),
    labelsOf: (name) => namespaces.get(name) ?? namespaceLabels({ name, labels: {} }),
  };
}

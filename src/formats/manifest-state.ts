import type { ClusterState } from '../core/model/cluster-state.ts';
import { fullName } from '../core/model/pod-name.ts';
import type { Positions } from '../core/oracle/explain.ts';
import { objectOf } from './json-fields.ts';
import type { ManifestDocument } from './manifest.ts';
import { homeOf, latestOf } from './manifest-identity.ts';
import { nodeFrom } from './manifest-node.ts';
import { labelsFrom } from './manifest-pod.ts';
import { podsIn } from './manifest-pods.ts';
import { serviceFrom } from './manifest-service.ts';
import { nodeAt } from './yaml-node.ts';

/** A cluster's state as manifests describe it. */
export interface ManifestState {
  readonly state: ClusterState;
  /** Where each part of the policies stands; nowhere for those whose positions have line 0. */
  readonly positions: Positions;
}

/** How a state is made. */
export interface StateReading {
  /** Manifests of a state that this one is compared with: pods get names by which they are found in both. */
  readonly beside?: readonly ManifestDocument[];
}

/**
 * The state that manifests describe: namespaces (also those that are only named), nodes, pods, one for each workload,
 * Services and policies. Of two objects of one kind and name the later one counts, as in `kubectl apply`.
 */
export function stateFrom(documents: readonly ManifestDocument[], { beside = [] }: StateReading = {}): ManifestState {
  const latest = latestOf(documents);
  const namespaced = latest.filter(({ kind }) => kind !== 'Node');
  const namespaces = new Map(namespaced.map((document) => [homeOf(document), {}]));
  for (const { kind, name, node } of latest) {
    if (kind === 'Namespace') namespaces.set(name, labelsFrom(objectOf(node.value)));
  }
  const policies = latest.flatMap(({ policy, node }) => (policy === undefined ? [] : [{ policy, node }]));
  const nodes = new Map(policies.map(({ policy, node }) => [fullName(policy.metadata), node]));
  return {
    state: {
      namespaces: [...namespaces].map(([name, labels]) => ({ name, labels })),
      pods: podsIn(latest, beside),
      services: latest
        .filter(({ kind, apiVersion }) => kind === 'Service' && apiVersion === 'v1')
        .map((document) => serviceFrom(objectOf(document.node.value), homeOf(document), document.name)),
      nodes: latest
        .filter(({ kind, apiVersion }) => kind === 'Node' && apiVersion === 'v1')
        .map((document) => nodeFrom(objectOf(document.node.value), document.name)),
      policies: policies.map(({ policy }) => policy),
    },
    positions: ({ metadata }, path) => {
      const node = nodes.get(fullName(metadata));
      const position = node && (nodeAt(node, path) ?? node).position;
      return position?.line === 0 ? undefined : position;
    },
  };
}

import type { ClusterNode } from '../model/cluster-node.ts';
import type { ClusterState } from '../model/cluster-state.ts';
import type { Host } from '../model/host.ts';
import { namespaceLabels } from '../model/namespace-labels.ts';
import type { Pod } from '../model/pod.ts';
import { fullName } from '../model/pod-name.ts';
import type { Labels } from '../model/selector.ts';
import type { Service } from '../model/service.ts';
import { type Holder, holdersIn } from './address-holders.ts';

/** Finds the objects of a state by name. */
export interface StateIndex {
  pod(name: string): Pod | undefined;
  podsIn(namespace: string): readonly Pod[];
  pods(): readonly Pod[];
  service(name: string): Service | undefined;
  services(): readonly Service[];
  host(name: string): Host | undefined;
  node(name: string): ClusterNode | undefined;
  nodes(): readonly ClusterNode[];
  /** What has an address. */
  holderOf(address: string): Holder | undefined;
  /** Whether the state lists the namespace. */
  hasNamespace(name: string): boolean;
  labelsOf(namespace: string): Labels;
  /** The index of a state in which the pod has taken the place of the one with its name. The old one stays as it is. */
  withPod(pod: Pod): StateIndex;
}

/** Indexes a state. */
export function indexState(state: ClusterState): StateIndex {
  const byName = new Map(state.pods.map((pod) => [fullName(pod), pod]));
  const byNamespace = Map.groupBy(state.pods, ({ namespace }) => namespace);
  const services = new Map(state.services.map((service) => [fullName(service), service]));
  const hosts = new Map(state.hosts?.map((host) => [host.name, host]));
  const nodes = new Map(state.nodes?.map((node) => [node.name, node]));
  const labels = new Map(state.namespaces.map((namespace) => [namespace.name, namespaceLabels(namespace)]));

  let holders: ((address: string) => Holder | undefined) | undefined;
  const holderOf = (address: string) => {
    holders ??= holdersIn(state);
    return holders(address);
  };

  const view = (replaced: ReadonlyMap<string, Pod>): StateIndex => {
    const current = (pod: Pod) => (replaced.size === 0 ? pod : (replaced.get(fullName(pod)) ?? pod));
    return {
      pod: (name) => replaced.get(name) ?? byName.get(name),
      podsIn: (namespace) => (byNamespace.get(namespace) ?? []).map(current),
      pods: () => (replaced.size === 0 ? state.pods : state.pods.map(current)),
      service: (name) => services.get(name),
      services: () => state.services,
      host: (name) => hosts.get(name),
      node: (name) => nodes.get(name),
      nodes: () => state.nodes ?? [],
      holderOf,
      hasNamespace: (name) => labels.has(name),
      labelsOf: (namespace) => labels.get(namespace) ?? namespaceLabels({ name: namespace, labels: {} }),
      withPod: (pod) => view(new Map(replaced).set(fullName(pod), pod)),
    };
  };
  return view(new Map());
}

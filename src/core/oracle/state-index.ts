import type { ClusterState } from '../model/cluster-state.ts';
import type { Host } from '../model/host.ts';
import { namespaceLabels } from '../model/namespace-labels.ts';
import type { Pod } from '../model/pod.ts';
import { fullName } from '../model/pod-name.ts';
import type { Labels } from '../model/selector.ts';
import type { Service } from '../model/service.ts';

/** Finds the objects of a state by name. */
export interface StateIndex {
  pod(name: string): Pod | undefined;
  podsIn(namespace: string): readonly Pod[];
  pods(): readonly Pod[];
  service(name: string): Service | undefined;
  host(name: string): Host | undefined;
  labelsOf(namespace: string): Labels;
  /** The index of a state in which the pod has taken the place of the one with its name. The old one stays as it is. */
  withPod(pod: Pod): StateIndex;
}

/** Indexes a state. */
export function indexState(state: ClusterState): StateIndex {
  const byName = new Map(state.pods.map((pod) => [fullName(pod), pod]));
  const byNamespace = Map.groupBy(state.pods, ({ namespace }) => namespace);
  const services = new Map(state.services.map((service) => [fullName(service), service]));
  const hosts = new Map((state.hosts ?? []).map((host) => [host.name, host]));
  const labels = new Map(state.namespaces.map((namespace) => [namespace.name, namespaceLabels(namespace)]));

  const view = (replaced: ReadonlyMap<string, Pod>): StateIndex => {
    const current = (pod: Pod) => (replaced.size === 0 ? pod : (replaced.get(fullName(pod)) ?? pod));
    return {
      pod: (name) => replaced.get(name) ?? byName.get(name),
      podsIn: (namespace) => (byNamespace.get(namespace) ?? []).map(current),
      pods: () => (replaced.size === 0 ? state.pods : state.pods.map(current)),
      service: (name) => services.get(name),
      host: (name) => hosts.get(name),
      labelsOf: (namespace) => labels.get(namespace) ?? namespaceLabels({ name: namespace, labels: {} }),
      withPod: (pod) => view(new Map(replaced).set(fullName(pod), pod)),
    };
  };
  return view(new Map());
}

import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { NAMESPACE_NAME_LABEL } from '../../../../src/core/model/namespace-labels.ts';
import type { Pod } from '../../../../src/core/model/pod.ts';
import type { Labels } from '../../../../src/core/model/selector.ts';
import type { Fault } from '../fault.ts';
import { soundIsolation, soundPeer } from '../semantics.ts';

/** Pods are taken for others where they are under a policy. */
const asTargets = (id: string, what: string, taken: (pod: Pod, seen: ClusterState) => Pod): Fault => ({
  id,
  what,
  reads: (seen) => ({
    isolates: (policy, query, semantics) =>
      soundIsolation(policy, { ...query, subject: taken(query.subject, seen) }, semantics),
  }),
});

/** Pods are taken for others where they are peers. */
const asPeers = (id: string, what: string, taken: (pod: Pod, seen: ClusterState) => Pod): Fault => ({
  id,
  what,
  reads: (seen) => ({
    peerAdmits: (peer, policy, query, semantics) =>
      soundPeer(peer, policy, { ...query, peer: query.peer && taken(query.peer, seen) }, semantics),
  }),
});

/** The namespace of a peer is taken to have other labels, which depend on the peer's own. */
const namespacesOfPeers = (id: string, what: string, taken: (namespace: Labels, pod: Labels) => Labels): Fault => ({
  id,
  what,
  reads: () => ({
    peerAdmits: (peer, policy, query, semantics) =>
      soundPeer(peer, policy, query, {
        ...semantics,
        namespaceLabels: (name) => taken(semantics.namespaceLabels(name), query.peer?.labels ?? {}),
      }),
  }),
});

/** Pods are taken to lack the labels whose keys are so. */
const leavesOut = (id: string, what: string, key: RegExp): Fault => ({
  id,
  what,
  sees: (actual) => ({
    ...actual,
    pods: actual.pods.map((pod) => ({
      ...pod,
      labels: Object.fromEntries(Object.entries(pod.labels).filter(([each]) => !key.test(each))),
    })),
  }),
});

const ofItsNamespace = ({ namespace }: Pod, { namespaces }: ClusterState): Labels =>
  namespaces.find(({ name }) => name === namespace)?.labels ?? {};

const withNamespace = (pod: Pod, seen: ClusterState): Pod => ({
  ...pod,
  labels: { ...ofItsNamespace(pod, seen), ...pod.labels },
});

/** A pod in the namespace that its labels name under this key. */
const where =
  (key: string) =>
  (pod: Pod): Pod => ({ ...pod, namespace: pod.labels[key] ?? pod.namespace });

/** The labels whose keys begin so, without that beginning. */
const below = (prefix: string, labels: Labels): Labels =>
  Object.fromEntries(
    Object.entries(labels)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );

/** Made-up ways of mixing up whose a label is. */
export const LABEL_SPACE_MUTANTS: readonly Fault[] = [
  asTargets('targets-with-namespace', 'a policy isolates pods by labels of their namespace too', withNamespace),
  asPeers('peers-with-namespace', 'selectors of peers see labels of the namespace too', withNamespace),
  asPeers('namespace-hides-labels', 'a label of the namespace hides that of its pods', (pod, seen) => ({
    ...pod,
    labels: { ...pod.labels, ...ofItsNamespace(pod, seen) },
  })),
  namespacesOfPeers('namespace-with-pod', 'selectors of namespaces see labels of the pod too', (namespace, pod) => ({
    ...namespace,
    ...pod,
  })),
  namespacesOfPeers('namespace-over-pod', 'selectors of namespaces see what else the pod has', (namespace, pod) => ({
    ...pod,
    ...namespace,
  })),
  ...['io.kubernetes.pod.namespace', 'projectcalico.org/namespace'].map((key) =>
    asTargets(`target-says-${key}`, `the label ${key} says which namespace a target is in`, where(key)),
  ),
  asPeers('peer-says-where', 'a label says which namespace a peer is in', where('io.kubernetes.pod.namespace')),
  namespacesOfPeers('pod-says-name', 'a pod’s label hides the name of its namespace', (namespace, pod) => ({
    ...namespace,
    ...(pod[NAMESPACE_NAME_LABEL] !== undefined && { [NAMESPACE_NAME_LABEL]: pod[NAMESPACE_NAME_LABEL] }),
  })),
  ...['pcns.', 'io.cilium.k8s.namespace.labels.'].map((prefix) =>
    namespacesOfPeers(
      `pod-says-${prefix}`,
      `labels of a pod below ${prefix} are its namespace’s`,
      (namespace, pod) => ({
        ...namespace,
        ...below(prefix, pod),
      }),
    ),
  ),
  leavesOut('domains-left-out', 'labels of Kubernetes’ own domains are left out', /(^|[./])(kubernetes|k8s)\.io\//),
  leavesOut(
    'hashes-left-out',
    'labels that tell versions of pods apart are left out',
    /^(pod-template|controller-revision)-hash$/,
  ),
  namespacesOfPeers('long-key-hides', 'a long key among a namespace’s labels hides them all', (namespace) =>
    Object.keys(namespace).some((key) => key.length > 58) ? {} : namespace,
  ),
];

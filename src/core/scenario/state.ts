import type { ClusterState } from '../model/cluster-state.ts';
import type { Pod } from '../model/pod.ts';
import { fullName } from '../model/pod-name.ts';
import type { NetworkPolicy } from '../model/policy.ts';
import { appliedOver } from '../model/policy-types.ts';
import { type Addresses, fillTree } from './placeholders.ts';
import { relabel } from './pod-labels.ts';
import { type Change, hostName, type Json, type Scenario } from './scenario.ts';

/** A scenario's cluster before its first step, in logical names: its pods with their addresses and the nodes they are pinned to, no policy. */
export function initialState(
  scenario: Pick<Scenario, 'namespaces' | 'pods' | 'services' | 'outside'>,
  { pods }: Addresses,
): ClusterState {
  return {
    namespaces: scenario.namespaces,
    pods: scenario.pods.map((pod) => {
      const { namespace, name, labels, ports, hostNetwork, node, pending, unready } = pod;
      const ips = pods.get(fullName(pod)) ?? [];
      return {
        namespace,
        name,
        labels,
        ports,
        ips,
        ...(hostNetwork && { hostNetwork }),
        ...(pending && { pending }),
        ...(unready && { unready }),
        ...(node !== undefined && { node: `node-${node}` }),
      };
    }),
    services: scenario.services.map(({ headless, ...service }) => ({
      ...service,
      clusterIPs: headless ? ['None'] : [],
    })),
    policies: [],
    hosts: (scenario.outside ?? []).map((host) => {
      const name = hostName(host);
      return { name, ips: pods.get(name) ?? [] };
    }),
  };
}

/** The cluster after one change. A policy of the same name takes the place of the one before. */
export function stateAfter(state: ClusterState, change: Change, addresses: Addresses): ClusterState {
  switch (change.kind) {
    case 'apply': {
      const { policy } = change.manifest;
      if (policy === undefined) return state;
      const filled = fillTree(policy as unknown as Json, addresses) as unknown as NetworkPolicy;
      const before = state.policies.find(({ metadata }) => fullName(metadata) === fullName(policy.metadata));
      return { ...state, policies: [...without(state.policies, policy.metadata), appliedOver(before, filled)] };
    }
    case 'delete':
      return { ...state, policies: without(state.policies, change.policy) };
    case 'label-pod': {
      const pods = state.pods.map((pod) =>
        fullName(pod) === change.pod ? { ...pod, labels: relabel(pod.labels, change.labels) } : pod,
      );
      return { ...state, pods };
    }
    case 'label-namespace': {
      const namespaces = state.namespaces.map((namespace) =>
        namespace.name === change.namespace
          ? { ...namespace, labels: relabel(namespace.labels, change.labels) }
          : namespace,
      );
      return { ...state, namespaces };
    }
    case 'create': {
      const made = initialState(change, addresses);
      return {
        ...state,
        namespaces: [...state.namespaces, ...made.namespaces],
        pods: [...state.pods, ...made.pods],
        services: [...state.services, ...made.services],
      };
    }
    case 'remove-pod': {
      const isMeant = (pod: Pod) => fullName(pod) === change.pod;
      if (!change.lingers) return { ...state, pods: state.pods.filter((pod) => !isMeant(pod)) };
      return { ...state, pods: state.pods.map((pod) => (isMeant(pod) ? { ...pod, terminating: true } : pod)) };
    }
    case 'end-pod': {
      const ended = (pod: Pod) => (fullName(pod) === change.pod ? { ...pod, finished: true } : pod);
      return { ...state, pods: state.pods.map(ended) };
    }
    case 'restart-pods': {
      const moved = new Set(change.pods.map(fullName));
      const placed = (pod: Pod) =>
        moved.has(fullName(pod))
          ? { ...pod, ips: addresses.pods.get(fullName(pod)) ?? [], restarts: (pod.restarts ?? 0) + 1 }
          : pod;
      return { ...state, pods: state.pods.map(placed) };
    }
    case 'remove-namespace': {
      const stays = ({ namespace }: { readonly namespace: string }) => namespace !== change.namespace;
      return {
        ...state,
        namespaces: state.namespaces.filter(({ name }) => name !== change.namespace),
        pods: state.pods.filter(stays),
        services: state.services.filter(stays),
        policies: state.policies.filter(({ metadata }) => metadata.namespace !== change.namespace),
      };
    }
    default:
      // What carries the network changes no object: all that was in force stays in force.
      return state;
  }
}

function without(
  policies: readonly NetworkPolicy[],
  gone: { readonly namespace: string; readonly name: string },
): readonly NetworkPolicy[] {
  return policies.filter(({ metadata }) => fullName(metadata) !== fullName(gone));
}

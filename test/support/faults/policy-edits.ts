import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import type { NetworkPolicy, Peer, PolicyPort } from '../../../src/core/model/policy.ts';
import type { LabelSelector } from '../../../src/core/model/selector.ts';
import type { Fault, Memory } from './fault.ts';
import type { Rule } from './semantics.ts';

type Sees = NonNullable<Fault['sees']>;
type Direction = 'Ingress' | 'Egress';

/** A plugin that takes every policy for another one, or (undefined) does not know it. */
export function policiesAs(
  change: (policy: NetworkPolicy, state: ClusterState, memory: Memory) => NetworkPolicy | undefined,
): Sees {
  return (state, memory) => ({
    ...state,
    policies: state.policies.flatMap((policy) => change(policy, state, memory) ?? []),
  });
}

/** A plugin that takes the rules of every policy for others. */
export function rulesAs(
  change: (rules: readonly Rule[], direction: Direction, policy: NetworkPolicy, state: ClusterState) => readonly Rule[],
): Sees {
  return policiesAs((policy, state) => {
    const { ingress, egress } = policy.spec;
    return {
      ...policy,
      spec: {
        ...policy.spec,
        ...(ingress && {
          ingress: change(
            ingress.map(({ from, ports }) => rule(from, ports)),
            'Ingress',
            policy,
            state,
          ).map(({ peers, ports }) => ({ ...(peers && { from: peers }), ...(ports && { ports }) })),
        }),
        ...(egress && {
          egress: change(
            egress.map(({ to, ports }) => rule(to, ports)),
            'Egress',
            policy,
            state,
          ).map(({ peers, ports }) => ({ ...(peers && { to: peers }), ...(ports && { ports }) })),
        }),
      },
    };
  });
}

/** A plugin that takes the peers of every rule that has some for others. */
export function peersAs(
  change: (peers: readonly Peer[], policy: NetworkPolicy, state: ClusterState, direction: Direction) => readonly Peer[],
): Sees {
  return rulesAs((rules, direction, policy, state) =>
    rules.map(({ peers, ports }) => ({
      ...(peers && { peers: peers.length === 0 ? peers : change(peers, policy, state, direction) }),
      ...(ports && { ports }),
    })),
  );
}

/** A plugin that takes the exceptions of every block that has some for others. */
export function exceptionsAs(change: (except: readonly string[]) => readonly string[]): Sees {
  return peersAs((peers) =>
    peers.map((peer) => {
      const { cidr, except } = peer.ipBlock ?? {};
      return cidr && except ? { ipBlock: { cidr, except: change(except) } } : peer;
    }),
  );
}

/** A plugin that stops at the first policy of which this is true, and enforces none after it. */
export function stopsAt(isOdd: (policy: NetworkPolicy) => boolean): Sees {
  return (actual) => {
    const odd = actual.policies.findIndex(isOdd);
    return odd < 0 ? actual : { ...actual, policies: actual.policies.slice(0, odd + 1) };
  };
}

/** A plugin that takes the ports of every rule that has some for others. */
export function portsAs(
  change: (
    ports: readonly PolicyPort[],
    direction: Direction,
    policy: NetworkPolicy,
    state: ClusterState,
  ) => readonly PolicyPort[],
): Sees {
  return rulesAs((rules, direction, policy, state) =>
    rules.map(({ peers, ports }) => ({
      ...(peers && { peers }),
      ...(ports && { ports: ports.length === 0 ? ports : change(ports, direction, policy, state) }),
    })),
  );
}

/** Where a selector stands. */
export type Place = 'target' | 'pods' | 'namespaces';

/** A plugin that takes every selector for another one. */
export function selectorsAs(change: (selector: LabelSelector, place: Place) => LabelSelector): Sees {
  const peers = peersAs((all) =>
    all.map(({ podSelector, namespaceSelector, ipBlock }) => ({
      ...(podSelector && { podSelector: change(podSelector, 'pods') }),
      ...(namespaceSelector && { namespaceSelector: change(namespaceSelector, 'namespaces') }),
      ...(ipBlock && { ipBlock }),
    })),
  );
  const targets = policiesAs((policy) => ({
    ...policy,
    spec: { ...policy.spec, podSelector: change(policy.spec.podSelector ?? {}, 'target') },
  }));
  return (state, memory) => targets(peers(state, memory), memory);
}

function rule(peers: readonly Peer[] | undefined, ports: readonly PolicyPort[] | undefined): Rule {
  return { ...(peers && { peers }), ...(ports && { ports }) };
}

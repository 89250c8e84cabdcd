import { TypedFastBitSet } from 'typedfastbitset';
import type { Pod } from '../../model/pod.ts';
import type { Labels } from '../../model/selector.ts';
import type { SeenAddress } from '../tier.ts';
import { blocksHold } from './blocks.ts';
import type { CompiledPodPeer, CompiledRule } from './policy.ts';
import type { CompiledRequirement, CompiledSelector } from './selector.ts';

/** Sets of pods, by their place in the list of pods. None may be changed by who gets it. */
export interface PodSets {
  readonly all: TypedFastBitSet;
  /** The pods of a namespace that a selector selects. */
  targets(namespace: string, selector: CompiledSelector): TypedFastBitSet;
  /** The pods that a rule of a policy in `namespace` has for peers; undefined: every one. */
  peers(rule: CompiledRule, namespace: string): TypedFastBitSet | undefined;
}

/** Finds pods by label, each selector once. `addresses` are the pods' own, as `ipBlock` sees them. */
export function podSets(
  pods: readonly Pod[],
  addresses: readonly SeenAddress[],
  labelsOf: (namespace: string) => Labels,
): PodSets {
  const setOf = (indexes: Iterable<number>) => new TypedFastBitSet(indexes, new Uint32Array((pods.length + 31) >>> 5));
  const all = setOf(pods.keys());
  const none = setOf([]);
  const byKey = new Map<string, TypedFastBitSet>();
  const byLabel = new Map<string, Map<string, TypedFastBitSet>>();
  const byNamespace = new Map<string, TypedFastBitSet>();
  const selected = new Map<string, TypedFastBitSet>();
  const housed = new Map<string, TypedFastBitSet>();

  for (const [index, { namespace, labels }] of pods.entries()) {
    addTo(byNamespace, namespace, index, setOf);
    for (const [key, value] of Object.entries(labels)) {
      addTo(byKey, key, index, setOf);
      const values = byLabel.get(key) ?? new Map<string, TypedFastBitSet>();
      byLabel.set(key, values);
      addTo(values, value, index, setOf);
    }
  }

  const meeting = ({ key, values, negated }: CompiledRequirement): TypedFastBitSet => {
    const found =
      values === undefined
        ? (byKey.get(key) ?? none)
        : unionOf(
            [...values].map((value) => byLabel.get(key)?.get(value) ?? none),
            setOf([]),
          );
    return negated ? all.new_difference(found) : found;
  };
  const select = (selector: CompiledSelector): TypedFastBitSet =>
    cached(selected, selector.key, () =>
      selector.requirements.reduce((set, requirement) => set.intersection(meeting(requirement)), all.clone()),
    );
  const inNamespaces = (selector: CompiledSelector): TypedFastBitSet =>
    cached(housed, selector.key, () => {
      const chosen = [...byNamespace].filter(([name]) => selector.matches(labelsOf(name)));
      return unionOf(
        chosen.map(([, set]) => set),
        setOf([]),
      );
    });
  const home = (namespace: string) => byNamespace.get(namespace) ?? none;
  const peerPods = ({ pods: selector, namespaces }: CompiledPodPeer, namespace: string): TypedFastBitSet => {
    const candidates = namespaces === undefined ? home(namespace) : inNamespaces(namespaces);
    return selector === undefined ? candidates : candidates.new_intersection(select(selector));
  };

  return {
    all,
    targets: (namespace, selector) => home(namespace).new_intersection(select(selector)),
    peers: ({ peers }, namespace) => {
      if (peers === undefined) return undefined;
      const byBlock =
        peers.blocks.size === 0
          ? []
          : [setOf([...pods.keys()].filter((i) => blocksHold(peers.blocks, addresses[i] as SeenAddress, false)))];
      return unionOf([...peers.pods.map((peer) => peerPods(peer, namespace)), ...byBlock], setOf([]));
    },
  };
}

function addTo(
  sets: Map<string, TypedFastBitSet>,
  key: string,
  index: number,
  setOf: (indexes: Iterable<number>) => TypedFastBitSet,
): void {
  const set = sets.get(key) ?? setOf([]);
  set.add(index);
  sets.set(key, set);
}

function unionOf(sets: readonly TypedFastBitSet[], into: TypedFastBitSet): TypedFastBitSet {
  for (const set of sets) into.union(set);
  return into;
}

function cached<T>(known: Map<string, T>, key: string, make: () => T): T {
  const value = known.get(key) ?? make();
  known.set(key, value);
  return value;
}

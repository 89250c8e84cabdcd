import { type Connection, type End, isPodEnd } from './connection.ts';
import { type SeenAddresses, seenAddresses } from './seen-address.ts';

/**
 * One of the behaviours that Kubernetes documents as allowed, where it leaves a choice, or one way that a fact which
 * the state does not tell may be. A verdict that differs from one world to another is not defined.
 */
export interface World {
  /** Pods on the host's network: told apart from their node and under policy like others, or taken for the node. */
  readonly hostNetwork: 'pod' | 'node';
  /** Whether both ends are on one node. */
  readonly sameNode: boolean;
  /** Traffic of a pod to its own node: always let through as documented, or under policy as many plugins have it. */
  readonly toOwnNode: 'allowed' | 'policy';
  /** What an `ipBlock` that needs an unknown address comes to. */
  readonly unknownMatches: boolean;
  /** Whether an `ipBlock` sees the address before (`dialled`) or after (`real`) it was rewritten. */
  readonly ipBlockSees: 'real' | 'dialled';
}

/** Choices that the caller has made, e.g. because the plugin's behaviour is known; those left out stay open. */
export type WorldOptions = Partial<Pick<World, 'hostNetwork' | 'toOwnNode' | 'ipBlockSees'>>;

const PLAIN: World = {
  hostNetwork: 'pod',
  sameNode: false,
  toOwnNode: 'allowed',
  unknownMatches: false,
  ipBlockSees: 'real',
};

/** Every combination of choices that can matter to the connection; one, for two ordinary pods with addresses. */
export function worldsOf(
  connection: Connection,
  chosen: WorldOptions = {},
  seen: SeenAddresses = seenAddresses(connection),
): readonly World[] {
  const { from, to, dialled } = connection;
  const onHost = [from, to].some((end) => isPodEnd(end) && end.pod.hostNetwork === true);
  const node = onHost || [from, to].some((end) => !isPodEnd(end) && end.node !== undefined);
  if (!node && dialled === undefined && !addressUnknown(seen)) return [PLAIN];
  const axes: readonly Axis[] = [
    axis('hostNetwork', onHost ? choose(chosen.hostNetwork, ['node', 'pod']) : ['pod']),
    axis('sameNode', node ? sameNode(from, to) : [false]),
    axis('toOwnNode', node ? choose(chosen.toOwnNode, ['allowed', 'policy']) : ['allowed']),
    axis('unknownMatches', addressUnknown(seen) ? [false, true] : [false]),
    axis('ipBlockSees', dialled === undefined ? ['real'] : choose(chosen.ipBlockSees, ['real', 'dialled'])),
  ];
  return axes.reduce<readonly World[]>(
    (worlds, choices) => worlds.flatMap((world) => choices.map((choice) => ({ ...world, ...choice }))),
    [PLAIN],
  );
}

type Axis = readonly Partial<World>[];

function axis<K extends keyof World>(key: K, values: readonly World[K][]): Axis {
  return values.map((value) => ({ [key]: value }));
}

function choose<T>(chosen: T | undefined, all: readonly T[]): readonly T[] {
  return chosen === undefined ? all : [chosen];
}

function sameNode(from: End, to: End): readonly boolean[] {
  if ([from, to].some((end) => !isPodEnd(end) && end.node === undefined)) return [false];
  const a = nodeOf(from);
  const b = nodeOf(to);
  return a === undefined || b === undefined ? [false, true] : [a === b];
}

function nodeOf(end: End): string | undefined {
  return isPodEnd(end) ? end.pod.node : end.node;
}

function addressUnknown({ from, to, dialled }: SeenAddresses): boolean {
  return [from, to, dialled ?? to].some(({ value }) => value === undefined);
}

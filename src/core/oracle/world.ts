import type { IpFamily } from '../model/protocol.ts';
import { type Connection, type End, isPodEnd } from './connection.ts';
import { familiesOf } from './families.ts';
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
  /** The family of the addresses. */
  readonly family: IpFamily;
  /** What an `ipBlock` that needs an unknown address comes to. */
  readonly unknownMatches: boolean;
  /** Whether a port of a pod whose ports are not known has the names that a rule asks for. */
  readonly unknownNames: boolean;
  /** Whether an `ipBlock` sees the address before (`dialled`) or after (`real`) it was rewritten. */
  readonly ipBlockSees: 'real' | 'dialled';
}

/** Choices that the caller has made, e.g. because the plugin's behaviour is known; those left out stay open. */
export interface WorldOptions extends Partial<Pick<World, 'hostNetwork' | 'toOwnNode' | 'ipBlockSees'>> {
  /** The cluster's address families, of which an end without a known address may have each; default both. */
  readonly families?: readonly IpFamily[];
}

const PLAIN: World = {
  hostNetwork: 'pod',
  sameNode: false,
  toOwnNode: 'allowed',
  family: 'IPv4',
  unknownMatches: false,
  unknownNames: false,
  ipBlockSees: 'real',
};

/** Every combination of choices that can matter to the connection; one, for two ordinary pods with one address each. */
export function worldsOf(connection: Connection, chosen: WorldOptions = {}): readonly World[] {
  const families = familiesOf(connection, chosen.families);
  return families.flatMap((family) => worldsIn(connection, chosen, family));
}

function worldsIn(connection: Connection, chosen: WorldOptions, family: IpFamily): readonly World[] {
  const { from, to, dialled } = connection;
  const seen = seenAddresses(connection, family);
  const plain = { ...PLAIN, family };
  const nameless = isPodEnd(to) && to.pod.portsUnknown === true;
  const onHost = [from, to].some((end) => isPodEnd(end) && end.pod.hostNetwork === true);
  const node = onHost || [from, to].some((end) => !isPodEnd(end) && end.node !== undefined);
  if (!node && dialled === undefined && !nameless && !addressUnknown(seen)) return [plain];
  const axes: readonly Axis[] = [
    axis('hostNetwork', onHost ? choose(chosen.hostNetwork, ['node', 'pod']) : ['pod']),
    axis('sameNode', node ? sameNode(from, to) : [false]),
    axis('toOwnNode', node ? choose(chosen.toOwnNode, ['allowed', 'policy']) : ['allowed']),
    axis('unknownMatches', addressUnknown(seen) ? [false, true] : [false]),
    axis('unknownNames', nameless ? [false, true] : [false]),
    axis('ipBlockSees', dialled === undefined ? ['real'] : choose(chosen.ipBlockSees, ['real', 'dialled'])),
  ];
  return axes.reduce<readonly World[]>(
    (worlds, choices) => worlds.flatMap((world) => choices.map((choice) => ({ ...world, ...choice }))),
    [plain],
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

/** The node that an end is on, or is; undefined for one that is not known, and for an end outside. */
export function nodeOf(end: End): string | undefined {
  return isPodEnd(end) ? end.pod.node : end.node;
}

function addressUnknown({ from, to, dialled }: SeenAddresses): boolean {
  return [from, to, dialled ?? to].some(({ value }) => value === undefined);
}

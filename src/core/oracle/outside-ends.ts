import { type Address, addressBits, parseAddress } from '../model/address.ts';
import { type Cidr, cidrContains, parseCidr } from '../model/cidr.ts';
import type { ClusterNode } from '../model/cluster-node.ts';
import type { IpFamily } from '../model/protocol.ts';
import { addressText } from './address-text.ts';
import type { End } from './connection.ts';
import type { Oracle } from './oracle.ts';

/** An end outside the pod network that stands for all that policies treat alike. */
export interface OutsideEnd {
  /** An address that `explain` takes too, or `node/another`. */
  readonly name: string;
  /** What it stands for, in words. */
  readonly stands: string;
  readonly end: End;
}

/** The ends outside the pod network that the policies of the states tell apart: addresses and other nodes. */
export function outsideEnds(oracles: readonly Oracle[], families: readonly IpFamily[]): readonly OutsideEnd[] {
  const blocks = blocksOf(oracles);
  return [...families.flatMap((family) => addressEnds(oracles, blocks, family)), ...nodeEnds(oracles, blocks)];
}

/** What a node is called in matrices, of which none is a pod's own. */
const ANOTHER = 'another';

/** A range of some `ipBlock`, its `cidr` or an `except`. */
interface Block extends Cidr {
  readonly text: string;
}

function blocksOf(oracles: readonly Oracle[]): readonly Block[] {
  const rules = oracles.flatMap(({ policies }) =>
    policies.flatMap(({ spec }) => [
      ...(spec.ingress ?? []).map(({ from }) => from ?? []),
      ...(spec.egress ?? []).map(({ to }) => to ?? []),
    ]),
  );
  const texts = rules.flat().flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : []));
  return [...new Set(texts)].flatMap((text) => {
    const range = parseCidr(text);
    return range === undefined ? [] : [{ ...range, text }];
  });
}

/** The blocks that hold an address; addresses with the same are treated alike. */
function holding(blocks: readonly Block[], address: Address | undefined): readonly Block[] {
  return blocks.filter((block) => address !== undefined && cidrContains(block, address));
}

const keyOf = (blocks: readonly Block[]) => blocks.map(({ text }) => text).join();

/** One address for each set of blocks that some stranger's address is in, the one in no block last. */
function addressEnds(oracles: readonly Oracle[], blocks: readonly Block[], family: IpFamily): readonly OutsideEnd[] {
  const own = blocks.filter(({ base }) => base.family === family);
  const size = 1n << BigInt(addressBits(family));
  const edges = own.flatMap((block) => [block.base.value, endOf(block)]).filter((value) => value > 0n);
  const found = new Map<string, { readonly address: Address; readonly inside: readonly Block[] }>();
  for (const low of [FIRST_GUESS[family], 1n, ...edges]) {
    const inside = holding(own, { family, value: low });
    if (found.has(keyOf(inside))) continue;
    const next = edges.reduce((least, edge) => (edge > low && edge < least ? edge : least), size);
    const address = stranger(oracles, family, low, next);
    if (address !== undefined) found.set(keyOf(inside), { address, inside });
  }
  return [...found.values()]
    .toSorted((a, b) => b.inside.length - a.inside.length)
    .map(({ address, inside }) => {
      const name = addressText(address);
      const narrowest = inside.toSorted((a, b) => b.prefix - a.prefix)[0];
      const stands = narrowest ? `any other address in ${narrowest.text}` : `any other ${family} address`;
      return { name, stands, end: { address: name } };
    });
}

function endOf({ base, prefix }: Cidr): bigint {
  return base.value + (1n << BigInt(addressBits(base.family) - prefix));
}

/** Where an address in no block is looked for first: among those meant for documentation, 192.0.2.1 and 2001:db8::1. */
const FIRST_GUESS: Readonly<Record<IpFamily, bigint>> = {
  IPv4: 0xc0_00_02_01n,
  IPv6: 0x2001_0db8_0000_0000_0000_0000_0000_0001n,
};

/** The first address from `low` on, before `end`, that nobody in the states has. */
function stranger(oracles: readonly Oracle[], family: IpFamily, low: bigint, end: bigint): Address | undefined {
  for (let value = low; value < end; value++) {
    const address = { family, value };
    if (oracles.every((oracle) => oracle.holderOf(addressText(address)) === undefined)) return address;
  }
  return undefined;
}

/** A node that is not the pod's own, one for each set of blocks that nodes' addresses are in. */
function nodeEnds(oracles: readonly Oracle[], blocks: readonly Block[]): readonly OutsideEnd[] {
  const nodes = oracles.flatMap((oracle) => oracle.nodes()).filter(({ ips }) => ips.length > 0);
  const kinds = Map.groupBy(nodes, ({ ips }) => ips.map((ip) => keyOf(holding(blocks, parseAddress(ip)))).join(' '));
  if (kinds.size === 0)
    return [{ name: `node/${ANOTHER}`, stands: OTHER_NODE, end: { address: undefined, node: ANOTHER } }];
  return [...kinds.values()].map((alike, i) => {
    const [address, ...otherAddresses] = (alike[0] as ClusterNode).ips;
    const node = kinds.size === 1 ? ANOTHER : `${ANOTHER}-${i + 1}`;
    const names = [...new Set(alike.map(({ name }) => name))].join(', ');
    const stands = kinds.size === 1 ? OTHER_NODE : `${OTHER_NODE}, of ${names}`;
    return { name: `node/${node}`, stands, end: { address, node, otherAddresses } };
  });
}

const OTHER_NODE = "any node but the pod's own";

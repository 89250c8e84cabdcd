import { addressBits } from '../../model/address.ts';
import { type Cidr, parseCidr } from '../../model/cidr.ts';
import type { IpBlock } from '../../model/policy.ts';
import type { IpFamily } from '../../model/protocol.ts';
import type { SeenAddress } from '../tier.ts';
import { type Interval, type Intervals, inIntervals, mergeIntervals, subtractIntervals } from './intervals.ts';

/** All `ipBlock` peers of a rule together, for one family. */
interface FamilyBlocks {
  readonly ranges: Intervals<bigint>;
  /** One block holds every address of the family, so an unknown one too. */
  readonly every: boolean;
}

/** The `ipBlock` peers of a rule by family; a family without blocks is absent. */
export type CompiledBlocks = ReadonlyMap<IpFamily, FamilyBlocks>;

/** Compiles blocks into ranges of addresses: each CIDR without its excepts, all of them merged. */
export function compileBlocks(blocks: readonly IpBlock[]): CompiledBlocks {
  const parsed = blocks.flatMap((block) => {
    const range = parseCidr(block.cidr);
    return range === undefined ? [] : [{ range, except: block.except ?? [] }];
  });
  const byFamily = Map.groupBy(parsed, ({ range }) => range.base.family);
  return new Map(
    [...byFamily].map(([family, items]) => [
      family,
      {
        ranges: mergeIntervals(
          items.flatMap(({ range, except }) => subtractIntervals(spanOf(range), holes(family, except))),
        ),
        every: items.some(({ range, except }) => range.prefix === 0 && except.length === 0),
      },
    ]),
  );
}

function holes(family: IpFamily, except: readonly string[]): Intervals<bigint> {
  return except.flatMap((text) => {
    const range = parseCidr(text);
    return range?.base.family === family ? [spanOf(range)] : [];
  });
}

function spanOf({ base, prefix }: Cidr): Interval<bigint> {
  const size = 1n << BigInt(addressBits(base.family) - prefix);
  return { low: base.value, high: base.value + size - 1n };
}

/** Whether a block holds the address. */
export function blocksHold(blocks: CompiledBlocks, address: SeenAddress, unknownMatches: boolean): boolean {
  const own = blocks.get(address.family);
  if (own === undefined) return false;
  return address.value === undefined ? own.every || unknownMatches : inIntervals(own.ranges, address.value);
}

import { cidrContains, parseCidr } from '../../../../src/core/model/cidr.ts';
import type { NetworkPolicy, PolicyPort } from '../../../../src/core/model/policy.ts';
import type { Fault } from '../fault.ts';
import { peersAs } from '../policy-edits.ts';
import { allRules, cidrsOf, goneSince, keyOf, newSince, sameIn } from '../questions.ts';
import { soundPeer, soundRule } from '../semantics.ts';

const rangesOf = (policy: NetworkPolicy): readonly string[] => allRules(policy).flatMap(cidrsOf);

/** Whether a range lies in another one that is wider. */
function liesIn(inner: string, outer: string): boolean {
  const [narrow, wide] = [parseCidr(inner), parseCidr(outer)];
  return !!narrow && !!wide && narrow.prefix > wide.prefix && cidrContains(wide, narrow.base);
}

/** A policy and a range of it, as a fault notes them. */
const noteOf = (policy: NetworkPolicy, cidr: string): string => `${keyOf(policy)} ${cidr}`;

/** What a policy has of ranges is lost as far as it is noted. */
const withoutNoted: NonNullable<Fault['reads']> = (_seen, notes) => ({
  peerAdmits: (peer, policy, query, semantics) =>
    soundPeer(peer, policy, query, semantics) &&
    !(peer.ipBlock !== undefined && notes.has(noteOf(policy, peer.ipBlock.cidr))),
});

/** A block of all addresses of a family holds those of the other one, too. */
const everyAddress = (id: string, what: string, cidr: string): Fault => ({
  id,
  what,
  reads: () => ({
    peerAdmits: (peer, policy, query, semantics) =>
      soundPeer(peer, policy, query, semantics) || (peer.ipBlock?.cidr === cidr && peer.ipBlock.except === undefined),
  }),
});

/** Exceptions of a rule with several ports hold at some of them only. */
const exceptionsAt = (
  id: string,
  what: string,
  hold: (port: PolicyPort, all: readonly PolicyPort[]) => boolean,
): Fault => ({
  id,
  what,
  reads: () => ({
    ruleAdmits: (rule, policy, query, semantics) => {
      const { peers = [], ports = [] } = rule;
      const wide = peers.map(({ ipBlock, ...peer }) => (ipBlock ? { ipBlock: { cidr: ipBlock.cidr } } : peer));
      const open = ports.filter((port) => ports.length > 1 && !hold(port, ports));
      return (
        soundRule(rule, policy, query, semantics) ||
        (open.length > 0 && soundRule({ peers: wide, ports: open }, policy, query, semantics))
      );
    },
  }),
});

/** Made-up ways of mixing one block up with another. */
export const BLOCK_MUTANTS: readonly Fault[] = [
  exceptionsAt(
    'exceptions-at-first',
    'the exceptions of a rule with several ports hold at the first',
    (port, all) => port === all[0],
  ),
  exceptionsAt(
    'exceptions-at-numbers',
    'the exceptions of a rule with several ports do not hold at names',
    ({ port }) => typeof port !== 'string',
  ),
  exceptionsAt(
    'exceptions-of-tcp',
    'the exceptions of a rule with several ports hold for TCP',
    ({ protocol = 'TCP' }) => protocol === 'TCP',
  ),
  {
    id: 'narrow-takes-wide',
    what: 'a block is lost when an update takes one that lies in it from the policy',
    sees: (actual, { actual: before, notes }) => {
      for (const policy of actual.policies) {
        const old = sameIn(before, policy);
        if (JSON.stringify(old) === JSON.stringify(policy)) continue;
        const had = old === undefined ? [] : rangesOf(old);
        const has = rangesOf(policy);
        const taken = had.filter((cidr) => !has.includes(cidr));
        for (const cidr of has) {
          if (had.includes(cidr) && taken.some((other) => liesIn(other, cidr))) notes.add(noteOf(policy, cidr));
          else notes.delete(noteOf(policy, cidr));
        }
      }
      return actual;
    },
    reads: withoutNoted,
  },
  {
    id: 'shared-block-deleted',
    what: 'with a policy goes its block for policies of other namespaces too',
    sees: (actual, { actual: before, notes }) => {
      for (const policy of newSince(before, actual))
        for (const cidr of rangesOf(policy)) notes.delete(noteOf(policy, cidr));
      const gone = goneSince(before, actual);
      for (const policy of actual.policies) {
        const others = gone
          .filter(({ metadata }) => metadata.namespace !== policy.metadata.namespace)
          .flatMap(rangesOf);
        for (const cidr of rangesOf(policy)) if (others.includes(cidr)) notes.add(noteOf(policy, cidr));
      }
      return actual;
    },
    reads: withoutNoted,
  },
  everyAddress('any-of-four', 'every address of IPv4 is every address', '0.0.0.0/0'),
  everyAddress('any-of-six', 'every address of IPv6 is every address', '::/0'),
  {
    id: 'first-family',
    what: 'of the blocks of a list those count that are of the first one’s family',
    sees: peersAs((peers) => {
      const families = peers.map(({ ipBlock }) => ipBlock && parseCidr(ipBlock.cidr)?.base.family);
      const first = families.find((family) => family !== undefined);
      return peers.filter((_, at) => families[at] === undefined || families[at] === first);
    }),
  },
];

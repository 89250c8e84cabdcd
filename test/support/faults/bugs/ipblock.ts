import type { Fault } from '../fault.ts';
import { peersAs, policiesAs, rulesAs } from '../policy-edits.ts';
import { allRules, cidrsOf, excepts, goneSince, hasBlocks, keyOf, sameIn, shareRange } from '../questions.ts';
import { policyAdmits, soundPeer, soundRule } from '../semantics.ts';

/** Takes the place of a peer that a plugin loses: nobody has this label. */
const NOBODY = { podSelector: { matchLabels: { 'lost.example/peer': 'yes' } } };

/** Faults of plugins in `ipBlock` peers. */
export const IPBLOCK_FAULTS: readonly Fault[] = [
  {
    id: 'B01',
    what: 'an exception denies, whatever another rule or policy allows',
    reads: () => ({
      union: (policies, query, semantics) =>
        !policies.some((policy) => semantics.rules(policy, query).some((rule) => excepts(rule, query))) &&
        policies.some((policy) => policyAdmits(policy, query, semantics)),
    }),
  },
  {
    id: 'B02',
    what: 'of policies with blocks the one that was made last decides',
    reads: () => ({
      union: (policies, query, semantics) => {
        const last = policies.findLast(hasBlocks);
        return last === undefined
          ? policies.some((policy) => policyAdmits(policy, query, semantics))
          : policyAdmits(last, query, semantics);
      },
    }),
  },
  {
    id: 'B04',
    what: 'exceptions of one rule take away what another rule allows for the same range',
    reads: () => ({
      ruleAdmits: (rule, policy, query, semantics) =>
        soundRule(rule, policy, query, semantics) &&
        !semantics.rules(policy, query).some((other) => excepts(other, query) && shareRange(rule, other)),
    }),
  },
  {
    id: 'B05',
    what: 'of two rules with one range the ports of the last count for both',
    sees: rulesAs((rules) =>
      rules.map((rule) => {
        const { ports = rule.ports } = rules.findLast((other) => shareRange(rule, other)) ?? {};
        return { ...rule, ...(ports && { ports }) };
      }),
    ),
  },
  {
    id: 'B06',
    what: 'a range listed with ports and without keeps the ports',
    sees: rulesAs((rules) =>
      rules.map((rule) => {
        const limited = rules.find((other) => other.ports !== undefined && shareRange(rule, other));
        return limited?.ports === undefined ? rule : { ...rule, ports: limited.ports };
      }),
    ),
  },
  {
    id: 'B09',
    what: 'exceptions of a block apply to the selectors beside it',
    reads: () => ({
      ruleAdmits: (rule, policy, query, semantics) =>
        soundRule(rule, policy, query, semantics) && !excepts(rule, query),
    }),
  },
  {
    id: 'B10',
    what: 'what an outgoing block excepts is all that it allows',
    sees: peersAs((peers, _policy, _state, direction) =>
      peers.flatMap((peer) => {
        const { except = [] } = peer.ipBlock ?? {};
        return direction === 'Egress' && except.length > 0 ? except.map((cidr) => ({ ipBlock: { cidr } })) : [peer];
      }),
    ),
  },
  {
    id: 'B12',
    what: 'a block matches no pod',
    sees: peersAs((peers) => peers.map((peer) => (peer.ipBlock === undefined ? peer : NOBODY))),
  },
  {
    id: 'B13',
    what: 'a policy with exceptions cannot be edited: the old one stays',
    sees: policiesAs((policy, _state, { seen }) => {
      const old = sameIn(seen, policy);
      return old !== undefined && JSON.stringify(old.spec).includes('"except"') ? old : policy;
    }),
  },
  {
    id: 'B14',
    what: 'a range of all addresses cannot be stored',
    sees: peersAs((peers) => peers.map((peer) => (peer.ipBlock?.cidr.endsWith('/0') ? NOBODY : peer))),
  },
  {
    id: 'B16',
    what: 'only the first block of a list counts',
    sees: peersAs((peers) => {
      const first = peers.find(({ ipBlock }) => ipBlock !== undefined);
      return peers.filter((peer) => peer.ipBlock === undefined || peer === first);
    }),
  },
  {
    id: 'B17',
    what: 'a block of one address and a selector of that pod share an entry, which goes with either',
    sees: (actual, { actual: before, notes }) => {
      for (const cidr of goneSince(before, actual).flatMap(allRules).flatMap(cidrsOf)) notes.add(cidr);
      return actual;
    },
    reads: (_seen, notes) => ({
      peerAdmits: (peer, policy, query, semantics) =>
        soundPeer(peer, policy, query, semantics) && !query.peer?.ips.some((ip) => notes.has(`${ip}/32`)),
    }),
  },
  {
    id: 'B64',
    what: 'a policy with blocks that comes back under the name of a deleted one is not enforced',
    sees: (actual, { actual: before, notes }) => {
      for (const policy of goneSince(before, actual)) if (hasBlocks(policy)) notes.add(keyOf(policy));
      return { ...actual, policies: actual.policies.filter((each) => !(hasBlocks(each) && notes.has(keyOf(each)))) };
    },
  },
  {
    id: 'B135',
    what: 'one range of IPv6 on a cluster of IPv4 ends the enforcement of every later change',
    sees: (actual, { seen }) =>
      JSON.stringify(actual.policies).includes('"cidr":"::') ||
      JSON.stringify(actual.policies).includes('"cidr":"2001:')
        ? { ...actual, policies: seen.policies }
        : actual,
  },
];

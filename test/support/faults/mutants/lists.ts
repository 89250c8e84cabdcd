import type { NetworkPolicy, Peer, PolicyPort } from '../../../../src/core/model/policy.ts';
import type { Fault } from '../fault.ts';
import { rulesAs, stopsAt } from '../policy-edits.ts';
import { allRules } from '../questions.ts';
import { type Rule, rulesOf, soundRule } from '../semantics.ts';

const isName = ({ port }: PolicyPort): boolean => typeof port === 'string';
const hasName = ({ ports = [] }: Rule): boolean => ports.some(isName);
const hasBlock = ({ peers = [] }: Rule): boolean => peers.some(({ ipBlock }) => ipBlock !== undefined);

function repeats(items: readonly unknown[]): boolean {
  return new Set(items.map((item) => JSON.stringify(item))).size < items.length;
}

/** Whether a single port of the list lies in one of its ranges. */
function overlaps(ports: readonly PolicyPort[]): boolean {
  return ports.some(
    ({ port, endPort }) =>
      typeof port === 'number' &&
      endPort === undefined &&
      ports.some((range) => range.endPort !== undefined && Number(range.port) <= port && port <= range.endPort),
  );
}

const samePorts = (ports: readonly PolicyPort[]): boolean =>
  repeats(ports.map(({ protocol = 'TCP', port, endPort }) => [protocol, port, endPort]));

const repeatsSomething = (policy: NetworkPolicy): boolean =>
  (['Ingress', 'Egress'] as const).some((direction) => repeats(rulesOf(policy, { direction }))) ||
  allRules(policy).some(({ ports = [] }) => samePorts(ports));

/** Rules of which this is true are lost. */
const lost = (id: string, what: string, isLost: (rule: Rule) => boolean): Fault => ({
  id,
  what,
  sees: rulesAs((rules) => rules.filter((rule) => !isLost(rule))),
});

/** Whether a rule has blocks alone, and ports. */
const hasBlocksAndPorts = ({ peers = [], ports = [] }: Rule): boolean =>
  peers.length > 0 && peers.every(({ ipBlock }: Peer) => ipBlock !== undefined) && ports.length > 0;

/** Rules for blocks get the ports of all of them. */
function sharing(rules: readonly Rule[]): (rule: Rule) => Rule {
  const ports = rules.filter(hasBlocksAndPorts).flatMap((rule) => rule.ports ?? []);
  return (rule) => (hasBlocksAndPorts(rule) ? { ...rule, ports } : rule);
}

/** Made-up ways of going wrong with what lists repeat, and with blocks that have ports. */
export const LIST_MUTANTS: readonly Fault[] = [
  lost('repeated-port', 'a rule that has a port twice is lost', ({ ports = [] }) => samePorts(ports)),
  lost('port-in-range', 'a rule that has a port in a range of its own is lost', ({ ports = [] }) => overlaps(ports)),
  lost('repeated-peer', 'a rule that has a selector twice is lost', ({ peers = [] }) =>
    repeats(peers.filter(({ ipBlock }) => ipBlock === undefined)),
  ),
  {
    id: 'port-and-name',
    what: 'a rule that has a port by its number and by its name is lost',
    reads: () => ({
      ruleAdmits: (rule, policy, query, semantics) => {
        const matching = (rule.ports ?? []).filter((port) => semantics.portAdmits(port, query, policy));
        return (
          soundRule(rule, policy, query, semantics) &&
          !(matching.some(isName) && matching.some((port) => port.port === query.port && port.endPort === undefined))
        );
      },
    }),
  },
  {
    id: 'repeated-rule',
    what: 'a policy that has a rule twice has none',
    sees: rulesAs((rules) => (repeats(rules) ? [] : rules)),
  },
  {
    id: 'repeats-poison',
    what: 'a policy that repeats something ends the enforcement of later ones',
    sees: stopsAt(repeatsSomething),
  },
  {
    id: 'blocks-share-ports',
    what: 'the blocks of a policy share the ports of their rules',
    sees: rulesAs((rules) => rules.map(sharing(rules))),
  },
  {
    id: 'blocks-of-policies-share-ports',
    what: 'the blocks of all policies of a pod share the ports of their rules',
    reads: () => ({
      union: (policies, query, semantics) => {
        const share = sharing(policies.flatMap((policy) => rulesOf(policy, query)));
        return policies.some((policy) =>
          semantics.rules(policy, query).some((rule) => semantics.ruleAdmits(share(rule), policy, query, semantics)),
        );
      },
    }),
  },
  lost('block-and-name', 'a rule that has a block and a name is lost', (rule) => hasBlock(rule) && hasName(rule)),
  {
    id: 'name-without-block',
    what: 'a rule that has a block and a name admits every address',
    sees: rulesAs((rules) =>
      rules.map((rule) => (hasBlock(rule) && hasName(rule) && rule.ports ? { ports: rule.ports } : rule)),
    ),
  },
  {
    id: 'name-for-block-any-port',
    what: 'a name for a block of destinations is every port',
    sees: rulesAs((rules, direction) =>
      rules.map((rule) =>
        direction === 'Egress' && hasBlock(rule) && hasName(rule) && rule.peers ? { peers: rule.peers } : rule,
      ),
    ),
  },
];

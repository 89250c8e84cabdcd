import { TypedFastBitSet } from 'typedfastbitset';
import { isWithoutAddress, type Pod } from '../model/pod.ts';
import type { PolicyType } from '../model/policy.ts';
import type { IpFamily, Protocol } from '../model/protocol.ts';
import { type PodSets, podSets } from './compiled/pod-sets.ts';
import type { CompiledRule } from './compiled/policy.ts';
import { admitsName, admitsNumber } from './compiled/ports.ts';
import { transposed } from './compiled/transpose.ts';
import { agreed, type Verdict } from './decision.ts';
import { FAMILIES } from './families.ts';
import type { Oracle } from './oracle.ts';
import { addressesOf, ofFamily } from './seen-address.ts';

/** A port of the destination that a matrix asks for. */
export interface AskedPort {
  readonly port: number;
  readonly protocol: Protocol;
  /** Set where the port stands for all ports of these protocols that nothing names. */
  readonly others?: readonly Protocol[];
}

/** The whole reachability between the pods of a state; pods and ports by their place in the lists. */
export interface Reachability {
  readonly pods: readonly Pod[];
  readonly ports: readonly AskedPort[];
  verdict(from: number, to: number, port: number): Verdict;
  /**
   * The pods that may reach `to` on the port, without those whose verdict bitsets cannot tell: pods on the host's
   * network, finished and pending ones, ones without an address of the family that is asked for, ones without any where
   * an `ipBlock` asks for it or pods have both families, and all where other tiers have a say.
   */
  sources(to: number, port: number): TypedFastBitSet;
}

/**
 * Computes the matrix with bitsets: of one address family, or (default) of all that both ends have, where a verdict that
 * depends on the family is not defined.
 */
export function reachability(oracle: Oracle, ports: readonly AskedPort[], family?: IpFamily): Reachability {
  if (family !== undefined) return ofOneFamily(oracle, ports, { seen: family, asked: family });
  const known = oracle.pods().flatMap((pod) => addressesOf({ pod }).map((address) => address.family));
  const [own = 'IPv4', other] = new Set(known);
  return other === undefined ? ofOneFamily(oracle, ports, { seen: own, asked: undefined }) : joined(oracle, ports);
}

/** The matrices of both families as one. */
function joined(oracle: Oracle, ports: readonly AskedPort[]): Reachability {
  const pods = oracle.pods();
  const families = FAMILIES.map((family) => ({
    matrix: ofOneFamily(oracle, ports, { seen: family, asked: family }),
    having: placesOf(pods, (pod) => has(pod, family) && ordinary(pod)),
  }));
  const askOne = asker(oracle, ports);
  return {
    pods,
    ports,
    verdict: (from, to, port) => {
      const common = families.filter(({ having }) => having.has(from) && having.has(to));
      if (common.length > 0) return agreed(common.map(({ matrix }) => matrix.verdict(from, to, port)));
      return askOne(from, to, port);
    },
    sources: (to, port) => {
      const reaching = new TypedFastBitSet();
      const failing = new TypedFastBitSet();
      for (const { matrix, having } of families) {
        if (!having.has(to)) continue;
        const sources = matrix.sources(to, port);
        reaching.union(having.new_intersection(sources));
        failing.union(having.new_difference(sources));
      }
      return reaching.difference(failing);
    },
  };
}

/** The places of the pods that are such. */
function placesOf(pods: readonly Pod[], areSuch: (pod: Pod) => boolean): TypedFastBitSet {
  return new TypedFastBitSet(pods.flatMap((pod, place) => (areSuch(pod) ? [place] : [])));
}

function has(pod: Pod, family: IpFamily): boolean {
  return addressesOf({ pod }).some((address) => address.family === family);
}

/** Whether a pod has one world: it runs, in a network of its own. */
function ordinary(pod: Pod): boolean {
  return pod.hostNetwork !== true && !isWithoutAddress(pod);
}

/** Asks for one connection after the other, by the places of pods and port. */
function asker(oracle: Oracle, ports: readonly AskedPort[], family?: IpFamily): Reachability['verdict'] {
  const pods = oracle.pods();
  return (source, destination, asked) => {
    const [from, to] = [{ pod: pods[source] as Pod }, { pod: pods[destination] as Pod }];
    const { port, protocol } = ports[asked] as AskedPort;
    return oracle.decide({ from, to, port, protocol, ...(family && { family }) }).verdict;
  };
}

/** `seen` is the family of the addresses; `asked` the one that was asked for, undefined where it was none. */
interface MatrixFamily {
  readonly seen: IpFamily;
  readonly asked: IpFamily | undefined;
}

function ofOneFamily(oracle: Oracle, ports: readonly AskedPort[], { seen, asked }: MatrixFamily): Reachability {
  const pods = oracle.pods();
  const addresses = pods.map((pod) => ofFamily(addressesOf({ pod }), seen));
  const single = singles(oracle, seen);
  const sets = podSets(pods, addresses, oracle.labelsOf);
  const rules = { Ingress: rulesOf(oracle, sets, 'Ingress'), Egress: rulesOf(oracle, sets, 'Egress') };
  const rows = ports.map((port) => rowsOf(pods, sets, rules, port));
  const row = (to: number, port: number) => (rows[port] as readonly TypedFastBitSet[])[to] as TypedFastBitSet;
  const askOne = asker(oracle, ports, asked);
  return {
    pods,
    ports,
    verdict: (from, to, port) => {
      if (single.has(from) || single.has(to)) return askOne(from, to, port);
      return row(to, port).has(from) ? 'allowed' : 'denied';
    },
    sources: (to, port) => (single.has(to) ? new TypedFastBitSet() : row(to, port).new_difference(single)),
  };
}

/**
 * Pods that are asked for one by one: those with more than one world, those without an address of the family where that
 * matters (some `ipBlock` asks for it, or they have one of the other family), and all where other tiers have a say.
 */
function singles(oracle: Oracle, family: IpFamily): TypedFastBitSet {
  const { before = [], after = [] } = oracle.options;
  const tiers = before.length + after.length > 0;
  const blocks = [...oracle.compiled.values()].flat().some(({ usesBlocks }) => usesBlocks);
  const lacking = (pod: Pod) => !has(pod, family) && (blocks || addressesOf({ pod }).length > 0);
  return placesOf(oracle.pods(), (pod) => tiers || !ordinary(pod) || lacking(pod));
}

/** A rule with the pods that it is about. */
interface RuleSets {
  readonly rule: CompiledRule;
  readonly targets: TypedFastBitSet;
  readonly peers: TypedFastBitSet | undefined;
}

interface DirectionRules {
  readonly isolated: TypedFastBitSet;
  readonly rules: readonly RuleSets[];
}

function rulesOf(oracle: Oracle, sets: PodSets, direction: PolicyType): DirectionRules {
  const isolated = sets.all.new_difference(sets.all);
  const rules: RuleSets[] = [];
  for (const policy of [...oracle.compiled.values()].flat()) {
    const own = policy[direction];
    if (own === undefined) continue;
    const targets = sets.targets(policy.namespace, policy.target);
    isolated.union(targets);
    for (const rule of own) rules.push({ rule, targets, peers: sets.peers(rule, policy.namespace) });
  }
  return { isolated, rules };
}

/** For each destination the sources that may enter it and may leave their own pod for it. */
function rowsOf(
  pods: readonly Pod[],
  sets: PodSets,
  { Ingress, Egress }: Readonly<Record<PolicyType, DirectionRules>>,
  asked: AskedPort,
): readonly TypedFastBitSet[] {
  const leaving = leavingRows(pods, sets, Egress, asked);
  const entering = pods.map((_, to) => (Ingress.isolated.has(to) ? emptyLike(sets.all) : sets.all.clone()));
  for (const { rule, targets, peers } of Ingress.rules) {
    destinations(rule, targets, pods, asked)?.forEach((to) => void entering[to]?.union(peers ?? sets.all));
  }
  for (const [to, row] of entering.entries()) {
    row.intersection(leaving[to] ?? row);
    row.add(to);
  }
  return entering;
}

/**
 * For each destination the sources that may leave for it. Policies select few sources and admit many destinations, so
 * this is gathered by source and transposed.
 */
function leavingRows(
  pods: readonly Pod[],
  sets: PodSets,
  { isolated, rules }: DirectionRules,
  asked: AskedPort,
): readonly TypedFastBitSet[] {
  const leaving = pods.map((_, from) => (isolated.has(from) ? emptyLike(sets.all) : sets.all.clone()));
  for (const { rule, targets, peers } of rules) {
    const reached = destinations(rule, peers ?? sets.all, pods, asked);
    if (reached !== undefined) targets.forEach((from) => void leaving[from]?.union(reached));
  }
  return transposed(leaving);
}

/** The destinations among `candidates` whose asked port the rule admits, by number or by the name that they give it. */
function destinations(
  { ports }: CompiledRule,
  candidates: TypedFastBitSet,
  pods: readonly Pod[],
  { port, protocol }: AskedPort,
): TypedFastBitSet | undefined {
  if (admitsNumber(ports, port, protocol)) return candidates;
  if ((ports?.get(protocol)?.names.size ?? 0) === 0) return undefined;
  const named = emptyLike(candidates);
  candidates.forEach((to) => {
    if (admitsName(ports, pods[to], port, protocol)) named.add(to);
  });
  return named;
}

function emptyLike(set: TypedFastBitSet): TypedFastBitSet {
  return TypedFastBitSet.fromWords(new Uint32Array(set.words.length));
}

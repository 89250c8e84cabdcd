import type { JsonPath } from '../diagnostics/json-path.ts';
import type { Position } from '../diagnostics/position.ts';
import { fullName } from '../model/pod-name.ts';
import type { NetworkPolicy, PolicyType } from '../model/policy.ts';
import type { Connection } from './connection.ts';
import { queryOf } from './decide.ts';
import { bothOf, type HalfDecision } from './decision.ts';
import { endText } from './explain-end.ts';
import { explainPeer, type PartCheck } from './explain-peer.ts';
import { explainPort } from './explain-port.ts';
import type {
  Explanation,
  HalfExplanation,
  PartExplanation,
  PolicyExplanation,
  PolicyPart,
  RuleExplanation,
} from './explanation.ts';
import { idlePolicies } from './idle-rules.ts';
import { openQuestions } from './open-questions.ts';
import type { Oracle } from './oracle.ts';
import { remedyFor } from './remedy.ts';
import { seenAddresses } from './seen-address.ts';
import type { Query } from './tier.ts';
import { type World, worldsOf } from './world.ts';

/** Where a part of a policy stands in a file; undefined where it comes from none. */
export type Positions = (policy: NetworkPolicy, path: JsonPath) => Position | undefined;

/** Says why a connection is allowed or denied: the rule, peer and port that admit it, or every rule's nearest miss. */
export function explain(oracle: Oracle, connection: Connection, positions: Positions = () => undefined): Explanation {
  const { from, to, port, protocol } = connection;
  const decision = oracle.decide(connection);
  const world = telling(oracle, connection);
  const seen = seenAddresses(connection, world.family);
  const told = oracle.decideIn(connection, world);
  const half = (direction: PolicyType) => {
    const { verdict, decidedBy } = direction === 'Egress' ? decision.egress : decision.ingress;
    const query = asksPolicies(decidedBy) ? queryOf(connection, direction, world) : undefined;
    const subject = direction === 'Egress' ? endText(from, seen.from) : endText(to, seen.to);
    const toldVerdict = direction === 'Egress' ? told.egress.verdict : told.ingress.verdict;
    const wanting = decision.verdict === 'denied' && toldVerdict === 'denied';
    return explainHalf(oracle, { direction, subject, verdict, decidedBy, wanting }, query, positions);
  };
  return {
    from: endText(from, seen.from),
    to: endText(to, seen.to),
    port,
    protocol,
    verdict: decision.verdict,
    openQuestions: openQuestions(oracle, connection, decision),
    egress: half('Egress'),
    ingress: half('Ingress'),
  };
}

/** The world to speak of: for a verdict that is not defined, one that denies, for what is missing is of interest. */
function telling(oracle: Oracle, connection: Connection): World {
  const worlds = worldsOf(connection, oracle.options);
  const denied = worlds.find((world) => {
    const { egress, ingress } = oracle.decideIn(connection, world);
    return bothOf(egress.verdict, ingress.verdict) === 'denied';
  });
  return denied ?? (worlds[0] as World);
}

/** Whether NetworkPolicies decided, or that there are none: anything else decides whatever they say. */
function asksPolicies(decidedBy: string): boolean {
  return decidedBy === 'NetworkPolicy' || decidedBy === 'default';
}

/** `wanting`: this half denies the connection in the world that is spoken of, so it gets a remedy. */
type Half = HalfDecision & Pick<HalfExplanation, 'direction' | 'subject'> & { readonly wanting: boolean };

function explainHalf(
  oracle: Oracle,
  { wanting, ...half }: Half,
  query: Query | undefined,
  positions: Positions,
): HalfExplanation {
  if (query === undefined) return { ...half, policies: [], remedy: undefined, idle: [] };
  const selecting = oracle.policiesOn(query.subject, query.direction);
  const policies = selecting.map((policy) => explainPolicy(oracle, policy, query, positions));
  const admits = (policy: PolicyExplanation) => policy.rules.some((rule) => rule.admits);
  const first = selecting[0];
  const idle = half.decidedBy === 'default' ? idlePolicies(oracle, query) : [];
  const field = half.direction === 'Ingress' ? 'ingress' : 'egress';
  return {
    ...half,
    policies: policies.toSorted((a, b) => Number(admits(b)) - Number(admits(a))),
    remedy: wanting ? first && remedyFor(first, query) : undefined,
    idle: idle.map((policy) => partOf(policy, ['spec', field], positions)),
  };
}

function partOf(policy: NetworkPolicy, path: JsonPath, positions: Positions): PolicyPart {
  const position = positions(policy, path);
  return { policy: fullName(policy.metadata), path, ...(position && { position }) };
}

function explainPolicy(oracle: Oracle, policy: NetworkPolicy, query: Query, positions: Positions): PolicyExplanation {
  const field = query.direction === 'Ingress' ? 'ingress' : 'egress';
  const partAt = (path: JsonPath) => partOf(policy, path, positions);
  const checks = <T>(items: readonly T[], path: JsonPath, check: (item: T) => PartCheck) =>
    nearest(items.map((item, i) => ({ ...check(item), part: partAt([...path, i]) })));
  const peersField = field === 'ingress' ? 'from' : 'to';
  const rules =
    query.direction === 'Ingress'
      ? (policy.spec.ingress ?? []).map(({ from, ports }) => ({ peers: from ?? [], ports: ports ?? [] }))
      : (policy.spec.egress ?? []).map(({ to, ports }) => ({ peers: to ?? [], ports: ports ?? [] }));
  return {
    part: partAt([]),
    rules: rules.map(({ peers, ports }, i): RuleExplanation => {
      const path = ['spec', field, i];
      const { namespace } = policy.metadata;
      const peer = checks(peers, [...path, peersField], (item) => explainPeer(item, namespace, query, oracle.labelsOf));
      const port = checks(ports, [...path, 'ports'], (item) => explainPort(item, query));
      const admits = peer?.matches !== false && port?.matches !== false;
      return { part: partAt(path), admits, peer, port };
    }),
  };
}

/** The part that misses least: one that matches misses nothing. */
function nearest(parts: readonly PartExplanation[]): PartExplanation | undefined {
  return parts.toSorted((a, b) => a.misses - b.misses)[0];
}

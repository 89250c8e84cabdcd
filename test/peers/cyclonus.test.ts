import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import type { ClusterState } from '../../src/core/model/cluster-state.ts';
import { namespaceLabels } from '../../src/core/model/namespace-labels.ts';
import { fullName } from '../../src/core/model/pod-name.ts';
import type { NetworkPolicy } from '../../src/core/model/policy.ts';
import { policyTypesOf } from '../../src/core/model/policy-types.ts';
import type { LabelSelector } from '../../src/core/model/selector.ts';
import { type Connection, type End, isPodEnd } from '../../src/core/oracle/connection.ts';
import { compile } from '../../src/core/oracle/oracle.ts';
import { clusters, connectionsOf } from '../support/oracle/arbitrary.ts';

const CASES = 10_000;
const PER_STATE = 25;
const seed = Number(process.env.NETPROOF_SEED ?? 20261123);

interface Question {
  readonly state: ClusterState;
  readonly connections: readonly Connection[];
}

describe(`cyclonus' matcher, asked ${CASES} times (seed ${seed})`, function () {
  this.timeout(600_000);
  let folder: string;
  before(function () {
    if (spawnSync('go', ['version']).status !== 0) this.skip();
    folder = mkdtempSync(join(tmpdir(), 'netproof-cyclonus-'));
    execFileSync('go', ['build', '-o', join(folder, 'cyclonus'), '.'], { cwd: join(import.meta.dirname, 'cyclonus') });
  });
  after(() => folder && rmSync(folder, { recursive: true }));

  it('differs from the oracle only as docs/oracle-peers.md says', () => {
    const questions = fc.sample(question, { numRuns: CASES / PER_STATE, seed });
    const input = questions.map((each) => JSON.stringify(caseOf(each))).join('\n');
    const output = execFileSync(join(folder, 'cyclonus'), { input, maxBuffer: 1 << 28, encoding: 'utf8' });
    const answers = output
      .trimEnd()
      .split('\n')
      .map((line): readonly unknown[] => JSON.parse(line));
    const counts: Record<string, number> = { asked: 0, same: 0 };
    for (const [i, { state, connections }] of questions.entries()) {
      const oracle = compile(state);
      for (const [j, connection] of connections.entries()) {
        const theirs = answers[i]?.[j];
        const ours = oracle.decide(connection).verdict === 'allowed';
        const outcome = theirs === ours ? 'same' : reason(state, connection, ours, theirs);
        counts.asked = (counts.asked ?? 0) + 1;
        counts[outcome] = (counts[outcome] ?? 0) + 1;
      }
    }
    console.log(`      ${JSON.stringify(counts)}`);
    expect(counts.asked).to.be.at.least(CASES);
    expect(counts['not known'] ?? 0).to.equal(0);
  });
});

/** Ordinary pods and outside addresses: what both programs define an answer for. */
const question: fc.Arbitrary<Question> = fc
  .tuple(clusters({ odd: false }), fc.infiniteStream(fc.nat()))
  .map(([state, picks]) => {
    const plain = connectionsOf(state).filter((each) => [each.from, each.to].every(hasAnswer) && hasOneName(each));
    const connections = [...picks.take(PER_STATE)].map((pick) => plain[pick % plain.length]!);
    return { state, connections: connections.map((each) => ({ ...each, family: 'IPv4' as const })) };
  });

/** Whether the destination gives its port one name at most: cyclonus takes one only. */
function hasOneName({ to, port, protocol }: Connection): boolean {
  const own = isPodEnd(to) ? to.pod.ports.filter((each) => each.port === port && each.protocol === protocol) : [];
  return new Set(own.map(({ name }) => name)).size <= 1;
}

function hasAnswer(end: End): boolean {
  if (isPodEnd(end)) return end.pod.ips.some((ip) => ip.includes('.'));
  return end.node === undefined && end.address?.includes('.') === true;
}

/** The difference that the documentation lists, or `not known`. */
function reason(state: ClusterState, connection: Connection, ours: boolean, theirs: unknown): string {
  const { from, to } = connection;
  if (isPodEnd(from) && isPodEnd(to) && fullName(from.pod) === fullName(to.pod) && ours) return 'self-traffic';
  const read = (rewrite: (selector: LabelSelector) => LabelSelector) =>
    compile({ ...state, policies: reread(state.policies, rewrite) }).decide(connection).verdict === 'allowed';
  if (read(narrowNotIn) === theirs) return 'NotIn without the key';
  if (read(emptyIsMissing) === theirs) return 'empty value without the key';
  return read((selector) => emptyIsMissing(narrowNotIn(selector))) === theirs ? 'both of these' : 'not known';
}

/** The policies with every selector read in another way. */
function reread(
  policies: readonly NetworkPolicy[],
  rewrite: (selector: LabelSelector) => LabelSelector,
): readonly NetworkPolicy[] {
  const text = JSON.stringify(policies, (key, value) => (key.endsWith('Selector') && value ? rewrite(value) : value));
  return JSON.parse(text);
}

/** As one reads who thinks that NotIn needs the key to be there. */
function narrowNotIn({ matchExpressions = [], ...rest }: LabelSelector): LabelSelector {
  const needsKey = matchExpressions.filter(({ operator }) => operator === 'NotIn');
  const exists = needsKey.map(({ key }) => ({ key, operator: 'Exists' as const }));
  return { ...rest, matchExpressions: [...matchExpressions, ...exists] };
}

/** As one reads to whom a label that is not there has the empty value; `a`, `b`, `c` are all other values there are. */
function emptyIsMissing({ matchLabels = {}, matchExpressions = [] }: LabelSelector): LabelSelector {
  const empty = Object.keys(matchLabels).filter((key) => matchLabels[key] === '');
  return {
    matchLabels: Object.fromEntries(Object.entries(matchLabels).filter(([, value]) => value !== '')),
    matchExpressions: [
      ...matchExpressions,
      ...empty.map((key) => ({ key, operator: 'NotIn' as const, values: ['a', 'b', 'c'] })),
    ],
  };
}

/** The question as the Go program reads it: with what the API server defaults filled in. */
function caseOf({ state, connections }: Question): unknown {
  return {
    policies: state.policies.map(defaulted),
    traffic: connections.map(({ from, to, port, protocol }) => ({
      Source: peerOf(state, from),
      Destination: peerOf(state, to),
      ResolvedPort: port,
      ResolvedPortName: isPodEnd(to)
        ? (to.pod.ports.find((each) => each.port === port && each.protocol === protocol)?.name ?? '')
        : '',
      Protocol: protocol,
    })),
  };
}

function defaulted(policy: NetworkPolicy): unknown {
  const { metadata, spec } = policy;
  const ports = (rules: readonly { readonly ports?: readonly object[] }[] | undefined) =>
    rules?.map((rule) => ({ ...rule, ports: rule.ports?.map((port) => ({ protocol: 'TCP', ...port })) }));
  return {
    metadata,
    spec: {
      podSelector: {},
      ...spec,
      policyTypes: policyTypesOf(spec),
      ingress: ports(spec.ingress),
      egress: ports(spec.egress),
    },
  };
}

function peerOf({ namespaces }: ClusterState, end: End): unknown {
  if (!isPodEnd(end)) return { IP: end.address };
  const { namespace, labels, ips } = end.pod;
  const home = namespaces.find(({ name }) => name === namespace) ?? { name: namespace, labels: {} };
  return {
    IP: ips.find((ip) => ip.includes('.')),
    Internal: { Namespace: namespace, PodLabels: labels, NamespaceLabels: namespaceLabels(home) },
  };
}

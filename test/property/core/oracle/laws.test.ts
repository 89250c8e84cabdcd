import { expect } from 'chai';
import * as fc from 'fast-check';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import type { EgressRule, IngressRule, NetworkPolicy } from '../../../../src/core/model/policy.ts';
import type { LabelSelector, Labels } from '../../../../src/core/model/selector.ts';
import { compile } from '../../../../src/core/oracle/oracle.ts';
import { reachability } from '../../../../src/core/oracle/reachability.ts';
import { clusters, connectionsOf } from '../../../support/oracle/arbitrary.ts';
import { referenceOracle } from '../../../support/oracle/reference-oracle.ts';
import { numRuns } from '../../../support/oracle/runs.ts';

const state = clusters({ odd: true });
const verdicts = (of: ClusterState) => {
  const oracle = compile(of);
  return connectionsOf(of).map((connection) => oracle.decide(connection).verdict);
};

/** The state with each policy rewritten. */
const rewritten = (of: ClusterState, rewrite: (policy: NetworkPolicy) => NetworkPolicy): ClusterState => ({
  ...of,
  policies: of.policies.map(rewrite),
});

/** A law: the changed state has the verdicts of the original. */
const unchanged = (change: (of: ClusterState) => ClusterState, runs: number) =>
  fc.assert(
    fc.property(state, (of) => {
      expect(verdicts(change(of)).join()).to.equal(verdicts(of).join());
    }),
    { numRuns: numRuns(runs) },
  );

describe('laws of the oracle', () => {
  it('compiled and reference say the same, tier included', () => {
    fc.assert(
      fc.property(state, (of) => {
        const oracle = compile(of);
        const reference = referenceOracle(of);
        for (const connection of connectionsOf(of)) {
          const ours = JSON.stringify(oracle.decide(connection));
          const literal = JSON.stringify(reference(connection));
          if (ours !== literal) expect.fail(`${ours} is not ${literal} for ${JSON.stringify(connection)}`);
        }
      }),
      { numRuns: numRuns(80) },
    );
  });

  it('the matrix says the same as one question after the other', () => {
    const ports = [
      { port: 80, protocol: 'TCP' },
      { port: 81, protocol: 'UDP' },
      { port: 443, protocol: 'TCP' },
    ] as const;
    fc.assert(
      fc.property(
        clusters({ odd: true }),
        fc.constantFrom('IPv4' as const, 'IPv6' as const, undefined),
        (of, asked) => {
          const oracle = compile(of);
          const family = asked && { family: asked };
          const { verdict, sources } = reachability(oracle, ports, asked);
          for (const [f, from] of of.pods.entries()) {
            for (const [t, to] of of.pods.entries()) {
              for (const [p, port] of ports.entries()) {
                const decided = oracle.decide({ from: { pod: from }, to: { pod: to }, ...family, ...port }).verdict;
                expect(verdict(f, t, p)).to.equal(decided);
                if (sources(t, p).has(f)) expect(decided).to.equal('allowed');
              }
            }
          }
        },
      ),
      { numRuns: numRuns(100) },
    );
  });

  it('the order of policies, rules, peers and ports does not matter', () => {
    const backwards = <T>(items: readonly T[] | undefined) => items?.toReversed();
    unchanged(
      (of) => ({
        ...of,
        policies: rewritten(of, (policy) => {
          const { ingress, egress, ...rest } = policy.spec;
          const turnedIn = backwards(ingress)?.map((rule) => reversedRule(rule, 'from'));
          const turnedOut = backwards(egress)?.map((rule) => reversedRule(rule, 'to'));
          return {
            ...policy,
            spec: { ...rest, ...(turnedIn && { ingress: turnedIn }), ...(turnedOut && { egress: turnedOut }) },
          };
        }).policies.toReversed(),
      }),
      15,
    );
  });

  it('an added rule that allows never closes anything', () => {
    fc.assert(
      fc.property(state, fc.nat(), (of, pick) => {
        const chosen = of.policies[pick % Math.max(of.policies.length, 1)];
        const wider = rewritten(of, (policy) => (policy === chosen ? withOpenRules(policy) : policy));
        const after = verdicts(wider);
        verdicts(of).forEach((before, i) => {
          if (before === 'allowed') expect(after[i]).to.equal('allowed');
          if (before === 'undefined') expect(after[i]).not.to.equal('denied');
        });
      }),
      { numRuns: numRuns(15) },
    );
  });

  it('labels renamed everywhere change nothing', () => {
    unchanged(
      (of) => ({
        ...of,
        namespaces: of.namespaces.map((each) => ({ ...each, labels: renamed(each.labels) })),
        pods: of.pods.map((each) => ({ ...each, labels: renamed(each.labels) })),
        policies: of.policies.map(renamedPolicy),
      }),
      15,
    );
  });

  it('peers, and ports, split into rules of their own change nothing', () => {
    unchanged(
      (of) =>
        rewritten(of, (policy) => {
          const { ingress, egress, ...rest } = policy.spec;
          return {
            ...policy,
            spec: {
              ...rest,
              ...(ingress && { ingress: ingress.flatMap((rule) => splitRule(rule, 'from')) }),
              ...(egress && { egress: egress.flatMap((rule) => splitRule(rule, 'to')) }),
            },
          };
        }),
      15,
    );
  });

  it('a policy that selects no pod changes nothing', () => {
    const nobody: LabelSelector = { matchLabels: { nobody: 'has-this' } };
    unchanged(
      (of) => ({
        ...of,
        policies: [
          ...of.policies,
          ...['x', 'y', 'z'].map(
            (namespace): NetworkPolicy => ({
              metadata: { name: 'nobody', namespace },
              spec: { podSelector: nobody, policyTypes: ['Ingress', 'Egress'] },
            }),
          ),
        ],
      }),
      15,
    );
  });

  it('a policy repeated under another name changes nothing', () => {
    unchanged((of) => ({ ...of, policies: [...of.policies, ...of.policies] }), 20);
  });

  it('a pod always reaches itself', () => {
    fc.assert(
      fc.property(state, (of) => {
        const oracle = compile(of);
        for (const pod of of.pods) {
          const { verdict } = oracle.decide({ from: { pod }, to: { pod }, port: 80, protocol: 'TCP' });
          expect(verdict).to.equal(pod.finished ? 'undefined' : 'allowed');
        }
      }),
      { numRuns: numRuns(15) },
    );
  });

  it('after a label change the oracle answers as one compiled from the new state', () => {
    fc.assert(
      fc.property(
        state,
        fc.nat(),
        fc.constantFrom<Labels>({}, { app: 'a' }, { tier: 'b', env: '' }),
        (of, pick, labels) => {
          const index = pick % of.pods.length;
          const after = { ...of, pods: of.pods.map((pod, i) => (i === index ? { ...pod, labels } : pod)) };
          const changed = compile(of).withPodLabels(`${of.pods[index]?.namespace}/p${index}`, labels);
          expect(changed.pods()).to.deep.equal(after.pods);
          const answers = connectionsOf(after).map((connection) => changed.decide(connection).verdict);
          expect(answers.join()).to.equal(verdicts(after).join());
        },
      ),
      { numRuns: numRuns(15) },
    );
  });
});

function reversedRule<R extends IngressRule & EgressRule>(rule: R, peers: 'from' | 'to'): R {
  return {
    ...rule,
    ...(rule[peers] && { [peers]: rule[peers].toReversed() }),
    ...(rule.ports && { ports: rule.ports.toReversed() }),
  };
}

function splitRule<R extends IngressRule & EgressRule>(rule: R, peers: 'from' | 'to'): readonly R[] {
  const each = <T>(items: readonly T[] | undefined) => (items?.length ? items.map((item) => [item]) : [items]);
  return each(rule[peers]).flatMap((own) =>
    each(rule.ports).map((ports) => ({ ...rule, ...(own && { [peers]: own }), ...(ports && { ports }) })),
  );
}

function withOpenRules(policy: NetworkPolicy): NetworkPolicy {
  const { spec } = policy;
  // The default of policyTypes depends on the egress rules, so it is written out before one is added.
  const policyTypes = spec.policyTypes?.length
    ? spec.policyTypes
    : spec.egress?.length
      ? (['Ingress', 'Egress'] as const)
      : (['Ingress'] as const);
  return {
    ...policy,
    spec: { ...spec, policyTypes, ingress: [...(spec.ingress ?? []), {}], egress: [...(spec.egress ?? []), {}] },
  };
}

const rename = (key: string) => (key.includes('/') ? key : `renamed.example/${key}`);
const renamed = (labels: Labels): Labels =>
  Object.fromEntries(Object.entries(labels).map(([key, value]) => [rename(key), value && `v-${value}`]));

function renamedSelector(selector: LabelSelector): LabelSelector {
  const { matchLabels, matchExpressions } = selector;
  const own = (key: string, value: string) => (key.includes('/') ? value : value && `v-${value}`);
  return {
    ...(matchLabels && {
      matchLabels: Object.fromEntries(
        Object.entries(matchLabels).map(([key, value]) => [rename(key), own(key, value)]),
      ),
    }),
    ...(matchExpressions && {
      matchExpressions: matchExpressions.map(({ key, values, ...rest }) => ({
        ...rest,
        key: rename(key),
        ...(values && { values: values.map((value) => own(key, value)) }),
      })),
    }),
  };
}

function renamedPolicy(policy: NetworkPolicy): NetworkPolicy {
  const text = JSON.stringify(policy.spec, (key, value) =>
    (key === 'podSelector' || key === 'namespaceSelector') && value ? renamedSelector(value) : value,
  );
  return { ...policy, spec: JSON.parse(text) };
}

import { expect } from 'chai';
import * as fc from 'fast-check';
import type { ClusterState } from '../../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../../src/core/model/pod-name.ts';
import type { Connection } from '../../../../src/core/oracle/connection.ts';
import type { Verdict } from '../../../../src/core/oracle/decision.ts';
import { explain } from '../../../../src/core/oracle/explain.ts';
import { explainText } from '../../../../src/core/oracle/explain-text.ts';
import type { HalfExplanation, Remedy } from '../../../../src/core/oracle/explanation.ts';
import { compile, type Oracle } from '../../../../src/core/oracle/oracle.ts';
import { clusters, connectionsOf } from '../../../support/oracle/arbitrary.ts';
import { numRuns } from '../../../support/oracle/runs.ts';

const plain = clusters({ odd: false });

/** The state with the rule of a remedy added to its policy. */
function remedied(state: ClusterState, { policy: name, field, rule }: Remedy): ClusterState {
  const policies = state.policies.map((policy) =>
    fullName(policy.metadata) === name
      ? { ...policy, spec: { ...policy.spec, [field]: [...(policy.spec[field] ?? []), rule] } }
      : policy,
  );
  return { ...state, policies };
}

/** What becomes of a denied connection once its hints are followed; undefined for one that is not denied. */
function followed(oracle: Oracle, state: ClusterState, connection: Connection): Verdict | undefined {
  const { verdict, egress, ingress } = explain(oracle, connection);
  if (verdict !== 'denied') return undefined;
  const hints = [egress.remedy, ingress.remedy].filter((remedy) => remedy !== undefined);
  expect(hints).to.have.length.greaterThan(0);
  return compile(hints.reduce(remedied, state)).decide(connection).verdict;
}

describe('laws of explanations', () => {
  it('an explanation agrees with the decision: a half is allowed if and only if a rule admits it', () => {
    const agrees = ({ verdict, decidedBy, policies }: HalfExplanation) => {
      const admitted = policies.some(({ rules }) => rules.some((rule) => rule.admits));
      if (decidedBy === 'NetworkPolicy') expect(verdict).to.equal(admitted ? 'allowed' : 'denied');
      else expect(policies).to.deep.equal([]);
    };
    fc.assert(
      fc.property(plain, (state) => {
        const oracle = compile(state);
        for (const each of connectionsOf(state, false)) {
          const connection = { ...each, family: 'IPv4' as const };
          const { verdict } = oracle.decide(connection);
          const explanation = explain(oracle, connection);
          expect(explanation.verdict).to.equal(verdict);
          agrees(explanation.egress);
          agrees(explanation.ingress);
        }
      }),
      { numRuns: numRuns(25) },
    );
  });

  it('following its hints opens what is denied', () => {
    fc.assert(
      fc.property(plain, (state) => {
        const oracle = compile(state);
        for (const each of connectionsOf(state, false)) {
          // Of a family that is not said, blocks of one family may leave open what the half that was allowed comes to.
          expect(followed(oracle, state, each)).to.not.equal('denied');
          expect(followed(oracle, state, { ...each, family: 'IPv4' })).to.be.oneOf([undefined, 'allowed']);
        }
      }),
      { numRuns: numRuns(25) },
    );
  });

  it('with odd pods and addresses: never fails, and hints leave nothing denied', () => {
    fc.assert(
      fc.property(clusters({ odd: true }), fc.nat(), (state, pick) => {
        const oracle = compile(state);
        const connections = connectionsOf(state);
        for (let i = 0; i < 20; i++) {
          const connection = connections[(pick + i * 37) % connections.length]!;
          const explanation = explain(oracle, connection);
          expect(explainText(explanation)).to.match(/^\S.* -> .*: (allowed|denied|not defined by Kubernetes)/);
          expect(explanation.openQuestions.length > 0).to.equal(explanation.verdict === 'undefined');
          if (explanation.verdict !== 'denied') continue;
          const { egress, ingress } = explanation;
          const hints = [egress.remedy, ingress.remedy].filter((remedy) => remedy !== undefined);
          const opened = compile(hints.reduce(remedied, state));
          expect(opened.decide(connection).verdict).not.to.equal('denied');
        }
      }),
      { numRuns: numRuns(100) },
    );
  });
});

import { expect } from 'chai';
import type { KubeObject } from '../../../src/ports/cluster.ts';
import { simulatedRun, type Trouble } from '../../support/engine/simulated-run.ts';
import { policyText, scenarioOf } from '../../support/scenario/scenario-text.ts';

const deny = policyText('deny', '{podSelector: {matchLabels: {app: b}}}');
const fromNobody = policyText('other', '{podSelector: {matchLabels: {app: b}}}');
const allow = policyText('deny', '{podSelector: {matchLabels: {app: b}}, ingress: [{}]}');
const BURST = `  - name: burst
    changes: [{apply: [${allow}]}, {apply: [${deny}]}, {delete: [deny]}, {apply: [${deny}]}]
    flaps: allowed
    expect: {deny: ["*->x/b"]}`;

async function run(steps: string, trouble: Trouble = {}) {
  const { run } = await simulatedRun(trouble);
  const result = await run.runScenario(scenarioOf({ steps }), () => {});
  await run.finish(() => {});
  return result;
}

describe('a burst of changes of one policy', () => {
  it('passes where the last one counts', async () => {
    const { status, steps } = await run(BURST);
    expect(status).to.equal('passed');
    expect(steps[0]?.changes.map(({ kind }) => kind)).to.deep.equal(['create', 'update', 'delete', 'create']);
  });

  it('fails where the plugin takes a delete for the last word', async () => {
    let deleted = false;
    const lost: Trouble = {
      cluster: (cluster) => ({
        delete: async (ref, options) => {
          deleted ||= ref.kind === 'NetworkPolicy';
          return cluster.delete(ref, options);
        },
        apply: async (object: KubeObject, options) => {
          if (object.kind !== 'NetworkPolicy' || !deleted) return cluster.apply(object, options);
          return { sentMs: 0, answeredMs: 0 };
        },
      }),
    };
    const { status, steps } = await run(BURST, lost);
    expect(status).to.equal('failed');
    expect(steps[0]?.failures[0]?.cell).to.contain('->x/b:80');
  });

  it('may open cells that are closed before and after it, inside the budget', async () => {
    const again = `  - {name: closed, apply: [${deny}]}
  - {name: again, repeat: 3, changes: [{delete: [deny]}, {apply: [${deny}]}], flaps: allowed, expect: {deny: ["*->x/b"]}}`;
    const { status, steps } = await run(again);
    expect(status).to.equal('passed');
    expect(steps.map(({ name }) => name)).to.deep.equal([
      'closed',
      'again 1',
      'again 2',
      'again 3',
      'all policies deleted',
    ]);
  });
});

describe('changes made together', () => {
  it('are all requested before the first is answered', async () => {
    let answered = 0;
    let requested = 0;
    const all = Promise.withResolvers<void>();
    const slow: Trouble = {
      cluster: (cluster) => ({
        apply: async (object, options) => {
          if (object.kind !== 'NetworkPolicy') return cluster.apply(object, options);
          requested += 1;
          if (requested === 2) all.resolve();
          await all.promise;
          answered += 1;
          return cluster.apply(object, options);
        },
      }),
    };
    const { status } = await run(
      `  - {name: both, together: true, apply: [${deny}, ${fromNobody}], flaps: allowed, expect: {deny: ["*->x/b"]}}`,
      slow,
    );
    expect([status, answered]).to.deep.equal(['passed', 2]);
  });
});

describe('a cell that only a policy of the middle of a step touches', () => {
  it('has a budget where flaps are allowed', async () => {
    const steps = `  - {name: come and go, changes: [{apply: [${deny}]}, {delete: [deny]}], flaps: allowed, expect: {allow: all}}`;
    const {
      status,
      steps: [step],
    } = await run(steps);
    expect(status).to.equal('passed');
    const into = step?.cells.filter(({ to }) => to === 'x/b') ?? [];
    expect(into.filter(({ method }) => method === 'agent').map(({ settle_ms }) => settle_ms !== null)).to.not.include(
      false,
    );
  });
});

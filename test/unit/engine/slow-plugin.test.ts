import { expect } from 'chai';
import { oracleDataplane, simulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import type { Cell } from '../../../src/core/matrix/cell.ts';
import type { Outcome } from '../../../src/core/matrix/outcome.ts';
import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import type { ScenarioResult } from '../../../src/core/result/result.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import { simulatedRun } from '../../support/engine/simulated-run.ts';
import { policy, webScenario } from '../../support/engine/web-scenario.ts';

/** What becomes of an attempt: what policies come to, now and before they last changed, and how long ago that was, in ms. */
type Wire = (now: Outcome, before: Outcome, sinceMs: number, state: ClusterState) => Outcome;

/** Runs a scenario on a dataplane that the wire spoils. */
async function runOn(wire: Wire, scenario: Scenario): Promise<ScenarioResult> {
  const { run } = await simulatedRun({
    network: (cluster, clock) => {
      let names = '';
      let changedMs = 0;
      let now: (cell: Cell) => Outcome = () => 'open';
      let before = now;
      return simulatedNetwork(cluster, (state) => {
        const policies = JSON.stringify(state.policies);
        if (policies !== names) [names, changedMs, before] = [policies, clock.now(), now];
        now = oracleDataplane(state);
        return (cell) => wire(now(cell), before(cell), clock.now() - changedMs, state);
      });
    },
  });
  const result = await run.runScenario(scenario, () => {});
  await run.finish(() => {});
  return result;
}

const apply = (name: string, spec: object) => ({ kind: 'apply', manifest: policy(name, spec) }) as const;
const remove = (name: string) => ({ kind: 'delete', policy: { namespace: 'x', name } }) as const;
const failed = ({ steps }: ScenarioResult) => steps.filter(({ status }) => status === 'failed').map(({ name }) => name);

describe('a step in which cells may waver inside the budget', () => {
  const scenario = webScenario([
    { name: 'denied', changes: [apply('one', { ingress: [] })] },
    { name: 'denied by two', changes: [apply('two', { ingress: [] }), remove('one'), apply('one', { ingress: [] })] },
  ]);
  const steps = scenario.steps.map((step, index) => ({ ...step, flapsAllowed: index === 1 }));
  const wavering = { ...scenario, steps };

  it('passes on a sound plugin, and on one that wavers once, long after everything looked right', async () => {
    expect((await runOn((now) => now, wavering)).status).to.equal('passed');
    const once: Wire = (now, _, sinceMs, { policies }) =>
      policies.length === 2 && sinceMs > 2_000 && sinceMs < 2_300 ? 'open' : now;
    expect(failed(await runOn(once, wavering))).to.deep.equal([]);
  });

  it('fails where a plugin opens for good what was closed and is to stay so', async () => {
    const leaky: Wire = (now, _, sinceMs, { policies }) => (policies.length === 2 && sinceMs > 300 ? 'open' : now);
    expect(failed(await runOn(leaky, wavering))).to.include('denied by two');
  });
});

describe('the deletion of several policies', () => {
  const scenario = webScenario([
    { name: 'denied by two', changes: [apply('one', { ingress: [] }), apply('two', { ingress: [] })] },
  ]);
  const closedAt =
    (fromMs: number, toMs: number): Wire =>
    (now, _, sinceMs, { policies }) =>
      policies.length === 0 && sinceMs > fromMs && sinceMs < toMs ? 'dropped' : now;

  it('is over once everything was open for a hold', async () => {
    const { status, duration_ms } = await runOn((now) => now, scenario);
    expect(status).to.equal('passed');
    expect(duration_ms).to.be.below(6_000);
  });

  it('is watched until the budget is over where a cell is not open in the hold', async () => {
    expect((await runOn(closedAt(700, 900), scenario)).status).to.equal('passed');
    expect(failed(await runOn(closedAt(700, Number.POSITIVE_INFINITY), scenario))).to.include('all policies deleted');
  });
});

describe('a step that is to change nothing, on a plugin that takes its time', () => {
  const scenario = webScenario([
    { name: 'denied', changes: [apply('one', { ingress: [] })] },
    { name: 'denied twice', changes: [apply('two', { ingress: [] })] },
    { name: 'one denial deleted', changes: [remove('two')] },
    { name: 'denied again', changes: [apply('two', { ingress: [] })] },
  ]);

  it('is watched until such a plugin would have acted', async () => {
    const slow: Wire = (now, before, sinceMs) => (sinceMs < 1_600 ? before : now);
    expect((await runOn(slow, scenario)).status).to.equal('passed');
    let hadTwo = false;
    const losing: Wire = (now, before, sinceMs, { policies }) => {
      hadTwo ||= policies.length === 2;
      return sinceMs < 1_600 ? before : hadTwo && policies.length === 1 ? 'open' : now;
    };
    expect(failed(await runOn(losing, scenario))[0]).to.equal('one denial deleted');
  });
});

import { expect } from 'chai';
import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import type { RunResult } from '../../src/core/result/result.ts';
import type { Change, Scenario } from '../../src/core/scenario/scenario.ts';
import { runAll } from '../../src/engine/run-all.ts';
import type { Cluster } from '../../src/ports/cluster.ts';
import { openSession } from '../../src/session.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';
import { suiteSignal } from './support/suite-signal.ts';

/** Policies of this name never reach the cluster. */
const SWALLOWED = 'swallowed';

/** The API server takes the policy, and nobody hears of it. */
const swallowing = (cluster: Cluster): Cluster => ({
  ...cluster,
  apply: async (object, options) => {
    if (object.metadata.name !== SWALLOWED) return cluster.apply(object, options);
    const now = performance.now();
    return { sentMs: now, answeredMs: now };
  },
});

const renamed = (change: Change): Change => {
  if (change.kind !== 'apply' || change.manifest.policy === undefined) return change;
  const { tree, policy, ...manifest } = change.manifest;
  const metadata = { ...(tree.metadata as object), name: SWALLOWED };
  const named = { ...policy, metadata: { ...policy.metadata, name: SWALLOWED } };
  return { kind: 'apply', manifest: { ...manifest, name: SWALLOWED, tree: { ...tree, metadata }, policy: named } };
};

describe('a run in lanes on a real cluster', () => {
  it('comes to the same as one scenario after the other, a red one included', async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    const ready = await standingCluster();
    const [friends] = loadScenarios(['test/e2e/fixtures/only-friends.yaml']) as [Scenario];
    const steps = friends.steps.map((step) => ({ ...step, changes: step.changes.map(renamed) }));
    const red: Scenario = { ...friends, id: 'red', steps };
    const scenarios = [{ ...friends, id: 'one' }, red, { ...friends, id: 'two' }, { ...friends, id: 'three' }];

    const runIn = async (lanes: number): Promise<RunResult> => {
      const session = await openSession(ready, { wrap: swallowing });
      const run = session.startRun({ signal: suiteSignal, lanes, seed: 1, rerun: false });
      return runAll(scenarios, run, () => {}, { info: session.info, signal: suiteSignal });
    };
    const verdicts = ({ scenarios: results }: RunResult) =>
      results.map(({ id, status, steps: ran }) => ({
        id,
        status,
        steps: ran.map((step) => [step.name, step.status, step.failures.map(({ cell }) => cell).sort()]),
      }));

    const alone = await runIn(1);
    const sideBySide = await runIn(3);
    expect(sideBySide.run.probing?.lanes).to.equal(3);
    expect(verdicts(sideBySide)).to.deep.equal(verdicts(alone));
    expect(alone.scenarios.map(({ status }) => status)).to.deep.equal(['passed', 'failed', 'passed', 'passed']);
  });
});

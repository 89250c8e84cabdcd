import { expect } from 'chai';
import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import type { Expected } from '../../src/core/matrix/expected.ts';
import { exitCodeOf } from '../../src/core/result/build-run.ts';
import type { RunResult } from '../../src/core/result/result.ts';
import { runAll } from '../../src/engine/run-all.ts';
import type { Cluster } from '../../src/ports/cluster.ts';
import { openSession } from '../../src/session.ts';
import { agentsStopped, controlled, everythingDenied } from '../support/e2e/controls.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';
import { suiteSignal } from './support/suite-signal.ts';

/** A few of the library, of both directions and protocols: all of it would take most of an hour. */
const SAMPLE = ['test/e2e/fixtures/only-friends.yaml', 'upstream/28-ingress-and-egress-specified-together'];

/** Runs the sample, one after the other, on the standing cluster as `wrap` makes it. */
async function runOn(wrap: (cluster: Cluster) => Cluster): Promise<RunResult> {
  const session = await openSession(await standingCluster(), { wrap });
  const run = session.startRun({ signal: suiteSignal, lanes: 1, rerun: false });
  return runAll(loadScenarios(SAMPLE), run, () => {}, { info: session.info, signal: suiteSignal });
}

/** Every step from the first policy on is red exactly where it asks for a cell that cannot be had. */
function expectControlled(result: RunResult, impossible: readonly Expected[]): void {
  expect(exitCodeOf(result)).to.equal(1);
  for (const scenario of result.scenarios) {
    const steps = controlled(scenario, impossible);
    expect(
      steps.some(({ shouldBeRed }) => shouldBeRed),
      scenario.id,
    ).to.equal(true);
    const wrong = steps.filter(({ isRed, shouldBeRed }) => isRed !== shouldBeRed);
    expect(wrong, scenario.id).to.deep.equal([]);
  }
}

describe('controls: what has to turn red does, on a real cluster', function () {
  this.timeout(CLUSTER_TIMEOUT_MS);

  it('fails every step with an open cell, and no other, when everything is denied', async () => {
    expectControlled(await runOn(everythingDenied), ['open']);
  });

  it("fails every step with a closed cell, and no other, when the plugin's agents are stopped", async () => {
    const { machinery } = await openSession(await standingCluster());
    try {
      expectControlled(await runOn((cluster) => agentsStopped(cluster, machinery)), ['closed']);
    } finally {
      await machinery.restore();
    }
  });
});

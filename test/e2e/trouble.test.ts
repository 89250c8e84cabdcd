import { expect } from 'chai';
import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import { exitCodeOf } from '../../src/core/result/build-run.ts';
import type { RunResult, ScenarioResult, StepResult } from '../../src/core/result/result.ts';
import type { Cluster } from '../../src/ports/cluster.ts';
import { openSession } from '../../src/session.ts';
import { recordNumbers, tappedCluster } from '../support/e2e/tapped-streams.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';
import { suiteSignal } from './support/suite-signal.ts';

/** Ends every process of a container that is the relay of an attached stream. */
const KILL_ATTACHED = `
  const { readdirSync, readFileSync } = require('node:fs');
  for (const pid of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name)))
    if (readFileSync('/proc/' + pid + '/cmdline', 'utf8').split('\\0').includes('attach')) process.kill(Number(pid), 'SIGKILL');
`;
const KILL_AGENT = `process.kill(1, 'SIGTERM')`;

/** Runs a fixture in a run of its own, on the standing cluster as `wrap` makes it. `tried` has the steps of all tries. */
async function runFixture(
  name: string,
  wrap: (cluster: Cluster) => Cluster,
): Promise<{ readonly result: RunResult; readonly scenario: ScenarioResult; readonly tried: readonly StepResult[] }> {
  const tried: StepResult[] = [];
  const session = await openSession(await standingCluster(), { wrap });
  const run = session.startRun({ signal: suiteSignal });
  let result: RunResult | undefined;
  try {
    for (const scenario of loadScenarios([`test/e2e/fixtures/${name}`])) {
      await run.runScenario(scenario, (event) => event.kind === 'step-finished' && tried.push(event.result));
    }
  } finally {
    result = await run.finish(() => {});
  }
  return { result, scenario: result.scenarios[0]!, tried };
}

/** A cluster where a program runs in a pod right after each policy is applied. */
function withSabotage(cluster: Cluster, pod: string, program: string): Cluster {
  return {
    ...cluster,
    apply: async (object, options) => {
      const times = await cluster.apply(object, options);
      if (object.kind !== 'NetworkPolicy') return times;
      const ref = { namespace: object.metadata.namespace!, name: pod };
      const { end, stderr } = await cluster.run(ref, ['node', '-e', program]);
      // With the agent its container goes, and every exec in it.
      if (end.kind === 'exited' && end.code === 1) throw new Error(`sabotage failed: ${stderr}`);
      return times;
    },
  };
}

describe('trouble on a real cluster', () => {
  before(async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    await standingCluster();
  });

  it('a pod that never gets Ready is inconclusive, with its events', async () => {
    const { result, scenario } = await runFixture('no-image.yaml', (cluster) => ({
      ...cluster,
      waitForPods: (namespace, names, options) =>
        cluster.waitForPods(namespace, names, { ...options, timeoutMs: 15_000 }),
    }));
    expect(exitCodeOf(result)).to.equal(3);
    expect(scenario).to.include({ status: 'inconclusive' });
    expect(scenario.steps).to.deep.equal([]);
    expect(scenario.reason).to.contain('server ').and.contain('(pods-not-ready)');
    expect(scenario.reason).to.match(/Warning Failed: .*localhost\/no-such-image:1/);
  });

  it('a stream that is cut in the middle loses nothing', async () => {
    const heard: string[] = [];
    const { result, scenario } = await runFixture('only-friends.yaml', (cluster) =>
      withSabotage(tappedCluster(cluster, 'friend', heard), 'friend', KILL_ATTACHED),
    );
    expect(scenario, JSON.stringify(scenario.steps.flatMap(({ failures }) => failures))).to.include({
      status: 'passed',
    });
    expect(exitCodeOf(result)).to.equal(0);
    expect(heard.length, 'streams').to.equal(2);
    const numbers = [...new Set(heard.flatMap(recordNumbers))].toSorted((a, b) => a - b);
    expect(numbers.at(-1)! - numbers[0]! + 1).to.equal(numbers.length);
  });

  it('an agent that dies in the middle is never a verdict', async () => {
    const { result, scenario, tried } = await runFixture('only-friends.yaml', (cluster) =>
      withSabotage(cluster, 'server', KILL_AGENT),
    );
    expect(tried.map(({ status }) => status)).to.not.include('failed');
    // It may pass: the container is sometimes back before anything is missed.
    expect(scenario.status, scenario.reason ?? '').to.be.oneOf(['passed', 'inconclusive']);
    expect(scenario.steps.map(({ status }) => status)).to.not.include('failed');
    expect(exitCodeOf(result)).to.equal(scenario.status === 'passed' ? 0 : 3);
  });
});

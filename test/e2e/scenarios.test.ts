import { mkdirSync } from 'node:fs';
import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import type { Run } from '../../src/engine/run.ts';
import { describeScenarios } from '../../src/mocha/describe-scenarios.ts';
import { writeJson } from '../../src/reporters/json.ts';
import { openSession } from '../../src/session.ts';
import { sampleOf } from '../support/e2e/sample.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';
import { suiteSignal } from './support/suite-signal.ts';

const all = loadScenarios([]);
// NETPROOF_SCENARIOS=all runs every case of every file, which takes several times as long.
const seed = Number(process.env.NETPROOF_SEED) || 0;
const isWhole = process.env.NETPROOF_SCENARIOS === 'all';
const scenarios = isWhole ? all : sampleOf(all, seed);

describe('the scenarios on a real cluster', () => {
  let run: Run | undefined;

  before(async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    const session = await openSession(await standingCluster());
    // A few scenarios are done as soon one after the other: making pods is what takes a small machine its time.
    run = session.startRun({ signal: suiteSignal, ...(!isWhole && { lanes: 1 }) });
  });

  describeScenarios(scenarios, {
    runner: () => {
      if (run === undefined) throw new Error('the cluster did not come up');
      return run;
    },
  });

  after(async () => {
    const result = await run?.finish(() => {});
    if (result === undefined || suiteSignal.aborted) return;
    mkdirSync('results', { recursive: true });
    await writeJson('results/e2e.json', result);
  });
});

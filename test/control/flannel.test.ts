import { expect } from 'chai';
import { clusterProvider } from '../../src/adapters/cluster/provider.ts';
import { parseCniChoice } from '../../src/adapters/cni/cni-choice.ts';
import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { interruptSignal } from '../../src/cli/interrupt.ts';
import { exitCodeOf } from '../../src/core/result/build-run.ts';
import type { RunResult } from '../../src/core/result/result.ts';
import { plan } from '../../src/core/scenario/plan.ts';
import type { Scenario } from '../../src/core/scenario/scenario.ts';
import { runAll } from '../../src/engine/run-all.ts';
import { writeJson } from '../../src/reporters/json.ts';
import { outputOn } from '../../src/reporters/output.ts';
import { progressFor } from '../../src/reporters/progress.ts';
import { terminalReporter } from '../../src/reporters/terminal.ts';
import { openSession } from '../../src/session.ts';

/** Long enough to build everything from nothing, in ms. */
const TIMEOUT_MS = 90 * 60_000;
const REMOVE_LIMIT_MS = 120_000;

const closes = (scenario: Scenario): boolean =>
  plan(scenario).some(({ cells }) => cells.some(({ expected }) => expected === 'closed'));

describe('a plugin that connects pods and enforces no policy (Flannel)', function () {
  this.timeout(TIMEOUT_MS);
  const scenarios = loadScenarios(['scenarios/article', 'test/control/nothing-closed.yaml']);
  const provider = clusterProvider(
    { provider: 'kind', name: 'netproof-control', cni: parseCniChoice('flannel'), images: 'auto' },
    { clock: systemClock },
  );
  const interrupt = interruptSignal((line) => console.error(line));
  const { signal } = interrupt;
  let result: RunResult;

  before(async () => {
    using progress = progressFor(process.stderr);
    const session = await openSession(await provider.ensure({ progress, signal }));
    const options = { info: session.info, signal, failFast: false };
    result = await runAll(scenarios, session.startRun({ signal }), terminalReporter(outputOn(process.stdout)), options);
    await writeJson('results/control.json', result);
  });
  after(async () => {
    using progress = progressFor(process.stderr);
    await provider.remove({ progress, signal: AbortSignal.timeout(REMOVE_LIMIT_MS) });
    interrupt[Symbol.dispose]();
    if (signal.aborted) process.exit(130);
  });

  it('is recognised, and makes the run red', () => {
    expect(result.run.cni.name).to.equal('flannel');
    expect(exitCodeOf(result)).to.equal(1);
  });

  it('fails every scenario with a closed cell, and no other', () => {
    const expected = scenarios.map((scenario) => [scenario.id, closes(scenario) ? 'failed' : 'passed']);
    expect(expected.map(([, status]) => status))
      .to.include('failed')
      .and.include('passed');
    expect(result.scenarios.map(({ id, status }) => [id, status])).to.deep.equal(expected);
  });

  it('fails in cells that must not be open, and in no other', () => {
    const failures = result.scenarios.flatMap(({ steps }) => steps.flatMap((step) => step.failures));
    const failed = failures.filter(({ reasons }) => reasons.some(({ code }) => code !== 'unknown'));
    expect(failed).to.not.be.empty;
    const wrong = failed.filter(({ expected, observed }) => expected === 'open' || observed !== 'open');
    expect(wrong).to.deep.equal([]);
  });

  it('is known for it: every violation is a documented gap', () => {
    const violated = result.card.filter(({ state }) => state === 'violated');
    expect(violated).to.not.be.empty;
    expect(violated.filter(({ documented }) => documented === undefined)).to.deep.equal([]);
  });
});

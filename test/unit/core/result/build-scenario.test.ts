import { expect } from 'chai';
import { buildScenario, deservesRerun, mergeRerun } from '../../../../src/core/result/build-scenario.ts';
import { unobservedStep } from '../../../../src/core/result/build-step.ts';
import type { StepResult } from '../../../../src/core/result/result.ts';
import type { Change, Scenario } from '../../../../src/core/scenario/scenario.ts';
import { anAttempt } from '../../../support/judge/step.ts';
import { aScenarioResult, aStep, SERIES } from '../../../support/result/results.ts';

const apply = (name: string, text: string): Change => ({
  kind: 'apply',
  manifest: {
    kind: 'NetworkPolicy',
    name,
    namespace: 'x',
    tree: {},
    position: { file: `${name}.yaml`, line: 1, column: 1 },
    text,
  },
});

const scenario: Scenario = {
  id: 'article/deny',
  file: 'scenarios/article/deny.yaml',
  title: 'Deny all',
  why: 'the first policy of anybody',
  origin: undefined,
  tags: ['article'],
  namespaces: [],
  pods: [],
  services: [],
  paths: ['pod-ip'],
  wgetPath: [],
  steps: [[apply('deny', 'a')], [apply('allow', 'b'), apply('deny', 'a')]].map((changes, index) => ({
    name: `step ${index}`,
    changes,
    expect: undefined,
    budgetMs: undefined,
    holdMs: undefined,
    flapsAllowed: false,
  })),
  notes: [],
};

const passed = aStep('1', [SERIES.staysOpen()]);
const failed = aStep('2', [SERIES.closes('y/b', 99_999)]);
const unknown = aStep('3', [SERIES.unknown()]);
const skipped = unobservedStep('4', 'skipped', 'no SCTP in the kernel');
const build = (...steps: StepResult[]) => buildScenario({ scenario, steps, durationMs: 12.6 });

describe('the result of a scenario', () => {
  it('is its worst step', () => {
    expect(build(passed, passed).status).to.equal('passed');
    expect(build(passed, unknown).status).to.equal('inconclusive');
    expect(build(unknown, failed, passed).status).to.equal('failed');
    expect(build(passed, skipped)).to.include({ status: 'skipped', reason: 'no SCTP in the kernel' });
    expect(build(skipped, unknown).status).to.equal('inconclusive');
  });

  it('is never a pass without steps, nor when it did not run to its end', () => {
    expect(build().status).to.equal('inconclusive');
    const trouble = { status: 'inconclusive', reason: 'pod x/a never got Ready' } as const;
    const cut = (...steps: StepResult[]) => buildScenario({ scenario, steps, durationMs: 1, trouble });
    expect(cut(passed)).to.include({ status: 'inconclusive', reason: trouble.reason });
    expect(cut(failed).status).to.equal('failed');
    const skip = { status: 'skipped', reason: 'needs IPv6' } as const;
    expect(buildScenario({ scenario, steps: [], durationMs: 0, trouble: skip })).to.include(skip);
  });

  it('has each policy once, as its file states it', () => {
    expect(build(passed).policies).to.deep.equal([
      { name: 'deny', file: 'deny.yaml', text: 'a', lines: [] },
      { name: 'allow', file: 'allow.yaml', text: 'b', lines: [] },
    ]);
    expect(build(passed)).to.include({ origin: null, duration_ms: 13 });
  });
});

describe('a failed scenario that ran once more', () => {
  const { planned, attempts } = SERIES.staysOpen();
  const outage = aStep('1', [{ planned, attempts: [...attempts, anAttempt(8500, 'dropped')] }]);
  const first = aScenarioResult({ status: 'failed', steps: [outage] });

  it('stays failed when it failed again', () => {
    expect(mergeRerun(first, first)).to.equal(first);
  });

  it('is flaky when the results differ', () => {
    expect(mergeRerun(first, aScenarioResult())).to.include({ status: 'flaky', steps: first.steps });
    expect(mergeRerun(first, aScenarioResult({ status: 'inconclusive' })).status).to.equal('flaky');
  });

  it('stays failed when an answer with identity proved a leak', () => {
    const { planned, attempts } = SERIES.closes();
    const stranger = anAttempt(8500, 'misrouted', { answeredBy: 'z/c' });
    const opens = { planned: { ...planned, before: 'closed', expected: 'open' } as const };
    for (const step of [
      failed,
      aStep('somebody else answers', [{ planned, attempts: [...attempts, stranger] }]),
      aStep('open before', [{ ...opens, attempts: SERIES.staysOpen().attempts }]),
    ]) {
      const leak = aScenarioResult({ status: 'failed', steps: [passed, step] });
      expect(mergeRerun(leak, aScenarioResult()), step.name).to.equal(leak);
    }
  });

  it('may be flaky when the answer had no identity', () => {
    const { planned, attempts } = SERIES.closes('y/b', 99_999);
    const nameless = attempts.map(({ answeredBy: _, ...attempt }) => attempt);
    const leak = aScenarioResult({ status: 'failed', steps: [aStep('1', [{ planned, attempts: nameless }])] });
    expect(leak.steps[0]?.failures).to.have.lengthOf(1);
    expect(mergeRerun(leak, aScenarioResult()).status).to.equal('flaky');
  });
});

describe('the rerun of a scenario', () => {
  const doubtful: StepResult = {
    ...unknown,
    failures: unknown.failures.map((failure) => ({
      ...failure,
      reasons: [{ code: 'unknown', detail: 'the handshake completed, no answer followed', doubtful: true }],
    })),
  };

  it('is for failures and for trouble of our own, not for what the network left open', () => {
    expect(deservesRerun(build(failed))).to.equal(true);
    expect(deservesRerun(build(passed, unknown))).to.equal(true);
    expect(deservesRerun(build(doubtful))).to.equal(false);
    expect(deservesRerun(build(passed))).to.equal(false);
  });

  it('is not for a scenario that could not be run to its end', () => {
    const trouble = { status: 'inconclusive', reason: 'pod x/a never got Ready' } as const;
    expect(deservesRerun(buildScenario({ scenario, steps: [passed], durationMs: 1, trouble }))).to.equal(false);
  });

  it('decides where the first run did not', () => {
    expect(mergeRerun(build(unknown), build(passed)).status).to.equal('passed');
    expect(mergeRerun(build(unknown), build(failed)).status).to.equal('failed');
    expect(mergeRerun(build(unknown), build(unknown)).status).to.equal('inconclusive');
  });
});

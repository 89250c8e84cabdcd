import { expect } from 'chai';
import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import { exitCodeOf } from '../../src/core/result/build-run.ts';
import type { CellResult, FailureResult, RunResult, StepResult } from '../../src/core/result/result.ts';
import { openSession } from '../../src/session.ts';
import { type Faults, faultyCluster } from '../support/e2e/faulty-cluster.ts';
import { loseAnswers } from '../support/e2e/lost-answers.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';
import { suiteSignal } from './support/suite-signal.ts';

const faults: Faults = {
  pod: 'server',
  ports: [
    { port: 5001, protocol: 'UDP', fault: { kind: 'drop', share: 0.9 }, onSignal: true },
    { port: 5002, protocol: 'UDP', fault: { kind: 'drop', share: 0.9 }, onSignal: true },
    { port: 5003, protocol: 'UDP', fault: { kind: 'flap', everyMs: 1000, forMs: 100 }, onSignal: true },
    { port: 8004, protocol: 'TCP', fault: { kind: 'stranger', identity: 'x/nobody' }, onSignal: true },
    { port: 8005, protocol: 'TCP', fault: { kind: 'reset' }, onSignal: true },
    { port: 8007, protocol: 'TCP', fault: { kind: 'reset' }, onSignal: true },
  ],
  unenforced: [
    { port: 5002, protocol: 'UDP' },
    { port: 8007, protocol: 'TCP' },
    { port: 8009, protocol: 'TCP' },
  ],
};

describe('a dataplane with faults, on a real cluster', () => {
  let result: RunResult;
  let step: StepResult;
  const mended = new AsyncDisposableStack();
  after(() => mended.disposeAsync());

  before(async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    const session = await openSession(await standingCluster(), {
      wrap: (cluster) =>
        faultyCluster(cluster, { ...faults, breaks: async (pod) => void mended.use(await loseAnswers(pod, 8009)) }),
    });
    const run = session.startRun({ signal: suiteSignal, rerun: false });
    try {
      for (const scenario of loadScenarios(['test/e2e/fixtures/faults.yaml']))
        await run.runScenario(scenario, () => {});
    } finally {
      result = await run.finish(() => {});
    }
    const ran = result.scenarios.flatMap(({ steps }) => steps).find(({ name }) => name === 'some ports');
    expect(ran, JSON.stringify(result.scenarios)).to.not.equal(undefined);
    step = ran!;
  });

  const cellOn = (port: number): CellResult => step.cells.find((cell) => cell.port === port)!;
  const failureOn = (port: number): FailureResult => step.failures.find(({ cell }) => cell.includes(`:${port}/`))!;
  /** Attempts of a cell after the change by outcome. */
  const outcomes = (port: number): Readonly<Record<string, number>> => {
    const after = cellOn(port).series.filter(([, , firstMs]) => firstMs > 0);
    const counts: Record<string, number> = {};
    for (const [outcome, attempts] of after) counts[outcome] = (counts[outcome] ?? 0) + attempts;
    return counts;
  };
  const shareOf = (outcome: string, counts: Readonly<Record<string, number>>): number =>
    (counts[outcome] ?? 0) / Object.values(counts).reduce((sum, count) => sum + count, 0);

  it('makes the run red', () => {
    expect(exitCodeOf(result)).to.equal(1);
  });

  it('is found to drop nine of ten where it has to let in', () => {
    expect(cellOn(5001).status).to.equal('failed');
    expect(failureOn(5001).reasons[0]).to.include({ code: 'contrary' });
    expect(failureOn(5001)).to.include({ expected: 'open', observed: 'dropped' });
    expect(shareOf('dropped', outcomes(5001))).to.be.closeTo(0.9, 0.05);
  });

  it('is found to leak one of ten where it has to keep out', () => {
    expect(cellOn(5002).status).to.equal('failed');
    expect(failureOn(5002)).to.include({ expected: 'closed', observed: 'open' });
    const [reason] = failureOn(5002).reasons;
    expect(reason).to.include({ code: 'flap' }).and.have.nested.property('attempt.answeredBy', 'x/server');
    expect(shareOf('open', outcomes(5002))).to.be.closeTo(0.1, 0.05);
  });

  it('is found to be away for a moment', () => {
    expect(cellOn(5003).status).to.equal('failed');
    expect(failureOn(5003).reasons[0]).to.include({ code: 'contrary' });
    expect(failureOn(5003)).to.include({ expected: 'open', observed: 'dropped' });
    expect(shareOf('dropped', outcomes(5003))).to.be.within(0.02, 0.3);
    expect(cellOn(5003).series.at(-1)?.[0], 'in the end').to.be.oneOf(['open', 'dropped']);
  });

  it('is found to send traffic to somebody else', () => {
    expect(cellOn(8004)).to.include({ status: 'failed', observed: 'misrouted' });
    const [reason] = failureOn(8004).reasons;
    expect(reason).to.include({ code: 'misrouted' }).and.have.nested.property('attempt.answeredBy', 'x/nobody');
  });

  it('that resets after the handshake proves nothing where it has to let in', () => {
    expect(cellOn(8005).status).to.equal('inconclusive');
    expect(failureOn(8005).reasons[0])
      .to.include({ code: 'unknown' })
      .and.have.property('detail')
      .that.contains('the handshake completed, no answer followed');
  });

  it('that resets after the handshake leaks where it has to keep out', () => {
    expect(cellOn(8007)).to.include({ status: 'failed', observed: 'refused' });
    const [reason] = failureOn(8007).reasons;
    expect(reason).to.include({ code: 'never-settled' }).and.have.nested.property('attempt.handshake', true);
  });

  it('that lets SYNs in and loses the answers leaks where it has to keep out', () => {
    expect(cellOn(8009)).to.include({ status: 'failed', observed: 'dropped' });
    const [reason] = failureOn(8009).reasons;
    expect(reason).to.include({ code: 'never-settled' }).and.have.nested.property('attempt.arrived', true);
  });

  it('passes where nothing is wrong', () => {
    expect(cellOn(8006)).to.include({ expected: 'open', status: 'passed', contrary: 0 });
    expect(cellOn(8008)).to.include({ expected: 'closed', status: 'passed' });
    expect(cellOn(8006).excluded_leak).to.be.below(0.1);
  });
});

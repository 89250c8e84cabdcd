import { expect } from 'chai';
import { loadScenarios } from '../../src/adapters/files/load-scenarios.ts';
import { openSession } from '../../src/session.ts';
import { CLUSTER_TIMEOUT_MS, standingCluster } from './support/standing-cluster.ts';
import { suiteSignal } from './support/suite-signal.ts';

describe('connections held open through a change', () => {
  before(async function () {
    this.timeout(CLUSTER_TIMEOUT_MS);
    await standingCluster();
  });

  it('are reported: Calico keeps what conntrack knows, and drops what comes after', async function () {
    const ready = await standingCluster();
    if (ready.cni.name !== 'calico') this.skip();
    const session = await openSession(ready);
    const run = session.startRun({ signal: suiteSignal });
    try {
      const [held] = loadScenarios(['test/e2e/fixtures/held.yaml']);
      const { status, reason, steps } = await run.runScenario(held!, () => {});
      expect(status, reason ?? '').to.equal('passed');
      const deny = steps.find(({ name }) => name === 'deny all');
      const fates = deny!.connections.map(({ protocol, state, again }) => ({ protocol, state, again }));
      expect(fates.map(({ protocol, state }) => [protocol, state])).to.deep.equal([
        ['TCP', 'kept'],
        ['UDP', 'kept'],
      ]);
      expect(fates.find(({ protocol }) => protocol === 'TCP')?.again, 'a new handshake').to.equal('dropped');
      expect(deny!.connections.map(({ status }) => status)).to.deep.equal(['passed', 'reported']);
      expect(deny!.connections.every(({ answered }) => answered > 40)).to.equal(true);
    } finally {
      await run.finish(() => {});
    }
  });
});

import { expect } from 'chai';
import { simulatedCluster } from '../../../../src/adapters/simulated/simulated-cluster.ts';
import { simulatedProber } from '../../../../src/adapters/simulated/simulated-prober.ts';
import type { Clock } from '../../../../src/ports/clock.ts';
import type { Probe, ProbeEvent } from '../../../../src/ports/prober.ts';
import { virtualClock } from '../../../support/virtual-clock.ts';

/** A busy machine's clock: every sleep lasts longer than asked. */
function lateClock(byMs: number): Clock {
  const clock = virtualClock();
  return { now: clock.now, sleep: (ms, signal) => clock.sleep(Math.max(0, ms) + byMs, signal) };
}

const probe: Probe = {
  id: 1,
  cell: { from: 'x/a', to: 'x/b', port: 80, protocol: 'TCP', path: 'pod-ip', family: 'IPv4', method: 'agent' },
  host: '10.244.0.2',
  intervalMs: 10,
  timeoutMs: 500,
  identities: ['x/b'],
};

describe('the simulated prober', () => {
  it('makes as many attempts as its intervals ask for, also where every wait is too long', async () => {
    const clock = lateClock(5);
    const events: ProbeEvent[] = [];
    const pods = [{ name: 'x/a', ref: { namespace: 'np-x', name: 'a' }, method: 'agent' as const }];
    const prober = simulatedProber(simulatedCluster(clock), clock);
    const { signal } = new AbortController();
    {
      await using session = await prober.attach(pods, (event) => events.push(event), { signal });
      await session.schedule([probe]);
      await clock.sleep(1_000);
    }
    const attempts = events.filter(({ kind }) => kind === 'attempt');
    expect(attempts.length).to.be.within(95, 101);
  });
});

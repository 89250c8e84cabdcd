import { expect } from 'chai';
import { catchUp } from '../../../src/engine/catch-up.ts';
import { Observation } from '../../../src/engine/observation.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const heartbeat = (atMs: number) => ({ kind: 'heartbeat', pod: 'x/a', atMs, latenessMs: 0, bound: [] }) as const;

describe('catching up with agents', () => {
  const { signal } = new AbortController();

  it('takes no time where their streams are up', async () => {
    const clock = virtualClock();
    const observation = new Observation();
    observation.onEvent(heartbeat(1_500));
    await catchUp(1_000, { clock, signal, observation });
    expect(clock.now()).to.equal(0);
  });

  it('waits until an attempt that was sent at the last moment has ended, and until it is told how late the agent was', async () => {
    const clock = virtualClock();
    const observation = new Observation();
    observation.onEvent(heartbeat(1_000));
    const attempt = { sentMs: 1_499, errorMs: 0, durationMs: 2, outcome: 'open', latenessMs: 0 } as const;
    void clock.sleep(600).then(() => observation.onEvent({ kind: 'canary', pod: 'x/a', attempt }));
    void clock.sleep(700).then(() => observation.onEvent(heartbeat(1_550)));
    await catchUp(1_000, { clock, signal, observation });
    expect(clock.now()).to.equal(700);
  });

  it('waits for the last attempts of one whose stream comes back', async () => {
    const clock = virtualClock();
    const observation = new Observation();
    observation.onEvent(heartbeat(900));
    void clock.sleep(20_000).then(() => observation.onEvent(heartbeat(1_100)));
    void clock.sleep(21_000).then(() => observation.onEvent(heartbeat(1_600)));
    await catchUp(1_000, { clock, signal, observation });
    expect(clock.now()).to.equal(21_000);
  });

  it('is bounded', async () => {
    const clock = virtualClock();
    const observation = new Observation();
    observation.onEvent(heartbeat(900));
    await catchUp(1_000, { clock, signal, observation });
    expect(clock.now()).to.be.within(45_000, 45_100);
  });
});

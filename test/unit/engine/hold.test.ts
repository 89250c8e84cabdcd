import { expect } from 'chai';
import { holdFor, unknownIn } from '../../../src/engine/hold.ts';
import { Observation } from '../../../src/engine/observation.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const signal = new AbortController().signal;

describe('a hold', () => {
  const held = async (lateMs: number, atMs: number) => {
    const clock = virtualClock();
    const observation = new Observation();
    const { promise, resolve } = Promise.withResolvers<void>();
    void clock.sleep(atMs).then(() => {
      observation.onEvent({ kind: 'heartbeat', pod: 'x/a', atMs, latenessMs: lateMs, bound: [] });
      resolve();
    });
    const { fromMs, toMs } = await holdFor(1_000, { clock, signal, observation });
    await promise;
    return toMs - fromMs;
  };

  it('is as long as asked for while agents are in time, or late for a moment', async () => {
    expect(await held(0, 500)).to.equal(1_000);
    expect(await held(40, 500)).to.equal(1_000);
  });

  it('is longer by what is unknown of it', async () => {
    expect(await held(200, 500)).to.equal(1_300);
  });

  it('has an end', async () => {
    const clock = virtualClock();
    const observation = new Observation();
    observation.onEvent({ kind: 'lost', pod: 'x/a', cause: 'gone' });
    const { fromMs, toMs } = await holdFor(1_000, { clock, signal, observation });
    expect(toMs - fromMs).to.equal(4_000);
  });

  it('does not count twice what is unknown of two agents at once', () => {
    const unknown = (fromMs: number, toMs: number) => ({
      pod: '',
      bound: undefined,
      unknown: [{ fromMs, toMs, reason: '' }],
    });
    const agents = new Map([
      ['x/a', unknown(-100, 200)],
      ['x/b', unknown(100, 300)],
      ['x/c', unknown(900, 2_000)],
    ]);
    expect(unknownIn({ fromMs: 0, toMs: 1_000 }, agents)).to.equal(400);
  });
});

import { expect } from 'chai';
import { Pace } from '../../../src/engine/pace.ts';
import { webScenario } from '../../support/engine/web-scenario.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const paceOf = (attemptsPerSecond?: number): Pace =>
  new Pace({
    clock: virtualClock(),
    signal: new AbortController().signal,
    ipFamilies: ['IPv4'],
    ...(attemptsPerSecond !== undefined && { attemptsPerSecond }),
  });

describe('the pace of a run', () => {
  /** What a scenario would get that needs more than there is. */
  const boundOf = async (pace: Pace): Promise<number> => {
    const stand = { topology: { pods: new Map() } } as unknown as Parameters<Pace['join']>[0];
    using share = await pace.join(stand, webScenario([]));
    return Math.round(share.take({ least: 100_000, most: 100_000 }));
  };

  it('rises again to what it was before it was lowered, no further', async () => {
    const pace = paceOf();
    expect(await boundOf(pace)).to.equal(600);
    pace.slow();
    pace.slow();
    expect(await boundOf(pace)).to.equal(338);
    for (let times = 0; times < 10; times += 1) pace.recover();
    expect(await boundOf(pace)).to.equal(600);
  });

  it('never rises beyond what was given', async () => {
    const pace = paceOf(500);
    pace.slow();
    for (let times = 0; times < 10; times += 1) pace.recover();
    expect(await boundOf(pace)).to.equal(500);
  });
});

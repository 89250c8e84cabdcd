import { expect } from 'chai';
import { withPatience } from '../../../../src/adapters/prober/patience.ts';
import { virtualClock } from '../../../support/virtual-clock.ts';

describe('patience with a stream that cannot be opened', () => {
  const signal = new AbortController().signal;

  /** What comes of it when every try before `backMs` fails at once, and how many tries there were. */
  async function outage(backMs: number, isFinal?: () => boolean) {
    const clock = virtualClock();
    let tries = 0;
    const result = await withPatience({
      clock,
      signal,
      ...(isFinal && { isFinal }),
      attempt: async () => {
        tries += 1;
        if (clock.now() < backMs) throw new Error(`away at ${clock.now()}`);
        return 'open';
      },
    }).catch((error: Error) => error.message);
    return { result, tries, nowMs: clock.now() };
  }

  it('lasts through an API server that is away for 20 s', async () => {
    expect((await outage(20_000)).result).to.equal('open');
  });

  it('ends, with the last failure', async () => {
    const { result, nowMs } = await outage(Number.POSITIVE_INFINITY);
    expect(result).to.equal(`away at ${nowMs}`);
    expect(nowMs).to.be.within(36_000, 44_000);
  });

  it('ends at once where it is no use', async () => {
    expect(await outage(1, () => true)).to.include({ result: 'away at 0', tries: 1 });
  });
});

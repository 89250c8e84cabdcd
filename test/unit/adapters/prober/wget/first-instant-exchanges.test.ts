import { expect } from 'chai';
import { addressOf, parseExchanges } from '../../../../../src/adapters/prober/wget/first-instant-exchanges.ts';

const address = addressOf({ host: '10.0.0.1', port: 80 });
const asked = (number: number, seconds: string) => `Q ${address} ${number} ${seconds}`;
const heard = (number: number, seconds: string) => `R ${address} ${number} ${seconds}`;
const outcomes = (lines: readonly string[], readMs = 100_000) =>
  parseExchanges(lines, readMs).map(({ outcome }) => outcome);

describe('what a new pod writes of a connection that it holds', () => {
  it('is a question and its answer, with the time between', () => {
    expect(parseExchanges([asked(0, '1.00'), heard(0, '1.05')], 9_000)).to.deep.equal([
      { address, sentMs: 1_000, durationMs: 50, outcome: 'open' },
    ]);
  });

  it('is silence where the answer is late, or never comes, and nothing while it may still come', () => {
    expect(outcomes([asked(0, '1.00'), heard(0, '2.50')])).to.deep.equal(['dropped']);
    expect(outcomes([asked(0, '1.00')])).to.deep.equal(['dropped']);
    expect(outcomes([asked(0, '1.00')], 1_900)).to.deep.equal([]);
  });

  it('is its end where more was to be asked', () => {
    expect(outcomes([asked(0, '1.00'), heard(0, '1.01'), `B ${address} 1.20`])).to.deep.equal(['open', 'refused']);
    expect(outcomes([asked(179, '9.00'), heard(179, '9.01'), `B ${address} 9.10`])).to.deep.equal(['open']);
  });

  it('keeps connections apart', () => {
    const other = addressOf({ host: '10.0.0.2', port: 80 });
    expect(parseExchanges([asked(0, '1.00'), `R ${other} 0 1.01`], 9_000)).to.deep.equal([
      { address, sentMs: 1_000, durationMs: 1_000, outcome: 'dropped' },
    ]);
  });
});

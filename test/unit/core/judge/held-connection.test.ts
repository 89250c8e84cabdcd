import { expect } from 'chai';
import { heldFate } from '../../../../src/core/judge/held-connection.ts';
import type { Outcome } from '../../../../src/core/matrix/outcome.ts';
import { aCell, anAttempt, aRecord, attempts, TIMES } from '../../../support/judge/step.ts';

const fateOf = (outcomeAt: (sentMs: number) => Outcome, again?: Outcome) =>
  heldFate(
    {
      cell: aCell(),
      exchanges: attempts(TIMES.begin, TIMES.end, outcomeAt),
      again: again && anAttempt(TIMES.end + 500, again),
    },
    aRecord([]),
  );

const brokenOf = (outcomeAt: (sentMs: number) => Outcome) => {
  const { state, broken } = fateOf(outcomeAt);
  return [state, broken?.sentMs];
};

describe('what became of a connection that was held open', () => {
  it('is kept where it was answered to the end', () => {
    expect(fateOf(() => 'open', 'dropped')).to.deep.equal({
      state: 'kept',
      broken: undefined,
      answered: 360,
      again: 'dropped',
    });
  });

  it('is cut from the first exchange on that nobody answered, and nobody after it', () => {
    expect(brokenOf((ms) => (ms < 1_500 ? 'open' : 'dropped'))).to.deep.equal(['cut', 1_500]);
    expect(
      brokenOf((ms) => (ms < 8_975 ? 'open' : 'refused')),
      'a reset',
    ).to.deep.equal(['cut', 8_975]);
  });

  it('is kept where one exchange at the end may have met a late agent', () => {
    expect(fateOf((ms) => (ms < 8_950 ? 'open' : 'dropped')).state).to.equal('kept');
  });

  it('is interrupted where several in a row were not answered, and later ones were', () => {
    expect(brokenOf((ms) => (ms >= 2_000 && ms < 3_000 ? 'dropped' : 'open'))).to.deep.equal(['interrupted', 2_000]);
    expect(fateOf((ms) => (ms === 2_000 ? 'dropped' : 'open')).state, 'one alone').to.equal('kept');
  });

  it('was not open where nobody answered before the change', () => {
    expect(fateOf((ms) => (ms < 2_000 ? 'dropped' : 'open')).state).to.equal('not-open');
  });

  it('is not known where the probe itself failed', () => {
    expect(fateOf(() => 'inconclusive').state).to.equal('unknown');
    expect(fateOf((ms) => (ms < 2_000 ? 'open' : 'inconclusive')).state, 'nothing says that it was cut').to.equal(
      'kept',
    );
  });
});

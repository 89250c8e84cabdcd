import { expect } from 'chai';
import { explainText, isDecided } from '../../../../src/core/oracle/explain-text.ts';
import { explained } from '../../../support/oracle/web-and-job.ts';

/** The directions that policies decide in the explanation's own words. */
function decided(denied: boolean, ...policies: readonly string[]): readonly string[] {
  const lines = explainText(explained(policies)).split('\n');
  return (['Ingress', 'Egress'] as const).filter((direction) => isDecided(direction, lines, { denied }));
}

describe('the directions that policies decide, read from an explanation', () => {
  it('are none where no policy isolates an end', () => {
    expect(decided(false, 'z/unrelated {}')).to.deep.equal([]);
    expect(decided(true, 'z/unrelated {}')).to.deep.equal([]);
  });

  it('are the one that is denied', () => {
    expect(decided(true, 'x/shut {}')).to.deep.equal(['Ingress']);
    expect(decided(true, 'y/away {policyTypes: [Egress]}')).to.deep.equal(['Egress']);
    expect(decided(true, 'x/shut {}', 'y/away {policyTypes: [Egress]}')).to.deep.equal(['Ingress', 'Egress']);
    expect(decided(true, 'x/shut {}', 'y/all {policyTypes: [Egress], egress: [{}]}')).to.deep.equal(['Ingress']);
  });

  it('are those in which a rule admits, of what is allowed', () => {
    expect(decided(false, 'x/all {ingress: [{}]}')).to.deep.equal(['Ingress']);
    expect(decided(false, 'y/all {policyTypes: [Egress], egress: [{}]}')).to.deep.equal(['Egress']);
  });

  it('are not known of a text that says nothing of directions', () => {
    expect(isDecided('Ingress', ['the name does not resolve'], { denied: true })).to.equal(undefined);
  });
});

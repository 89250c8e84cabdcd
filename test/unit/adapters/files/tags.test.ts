import { expect } from 'chai';
import { loadScenarios } from '../../../../src/adapters/files/load-scenarios.ts';

describe('the tags that scenarios are chosen by', () => {
  const load = (tags: readonly string[]) => loadScenarios(['recipes'], { tags }).length;

  it('may be those of other scenarios, beside one that the named ones have', () => {
    expect(load(['ingress', 'sctp']))
      .to.equal(load(['ingress']))
      .and.to.be.above(0);
  });

  it('are refused where no scenario of those named has any of them, and where one is nowhere', () => {
    expect(() => load(['sctp'])).to.throw('no scenario has the tag "sctp"');
    expect(() => load(['ingress', 'ingres'])).to.throw('no scenario has the tag "ingres"');
  });
});

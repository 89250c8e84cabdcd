import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { MUTANTS } from '../../support/faults/mutants.ts';
import { contradiction, play } from '../../support/faults/play.ts';

const scenarios = loadScenarios(['semantics', 'bugs']);

describe('faults that the library was not written for', () => {
  for (const fault of MUTANTS) {
    it(`show in some scenario: ${fault.what} (${fault.id})`, () => {
      const shows = scenarios.some((scenario) =>
        fault.wire === undefined
          ? contradiction(scenario, fault) !== undefined
          : play(scenario, fault).status === 'fail',
      );
      expect(shows).to.equal(true);
    });
  }
});

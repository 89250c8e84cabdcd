import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { isChurn } from '../../../src/core/scenario/churn.ts';
import { isDisruption } from '../../../src/core/scenario/disruption.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import type { Fault } from '../../support/faults/fault.ts';
import { API_SERVER_MUTANTS } from '../../support/faults/mutants/api-server.ts';
import { CHURNING_MUTANTS } from '../../support/faults/mutants/churning.ts';
import { RESTARTING_MUTANTS } from '../../support/faults/mutants/restarting.ts';
import { MUTANTS } from '../../support/faults/mutants.ts';
import { contradiction, familiesOf, play } from '../../support/faults/play.ts';

const scenarios = loadScenarios(['semantics', 'bugs']);
const churning = loadScenarios(['life-cycle', 'disruption', 'paths', 'bugs']).filter(
  ({ steps, paths }) =>
    paths.includes('host-port') ||
    steps.some(({ changes }) => changes.some((change) => isChurn(change) || isDisruption(change))),
);
const restarting = loadScenarios(['disruption', 'life-cycle/five-minutes']);

function shows(fault: Fault): (scenario: Scenario) => boolean {
  return (scenario) =>
    fault.wire === undefined
      ? contradiction(scenario, fault, familiesOf(scenario)) !== undefined
      : play(scenario, fault, familiesOf(scenario)).status === 'fail';
}

describe('faults that the library was not written for', () => {
  for (const fault of MUTANTS) {
    it(`show in some scenario: ${fault.what} (${fault.id})`, () => {
      expect(scenarios.some(shows(fault))).to.equal(true);
    });
  }

  for (const fault of CHURNING_MUTANTS) {
    it(`show where things come and go: ${fault.what} (${fault.id})`, () => {
      expect(churning.some(shows(fault))).to.equal(true);
    });
  }

  for (const fault of [...RESTARTING_MUTANTS, ...API_SERVER_MUTANTS]) {
    it(`show where the plugin restarts, or a while passes: ${fault.what} (${fault.id})`, () => {
      expect(restarting.some((scenario) => play(scenario, fault).status === 'fail')).to.equal(true);
    });
  }
});

import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { ADDRESS_FAULTS } from '../../support/faults/bugs/addresses.ts';
import { SOUND } from '../../support/faults/bugs.ts';
import { faultyRun } from '../../support/faults/faulty-run.ts';

const scenarios = loadScenarios(['life-cycle']).filter(({ needs = [] }) => needs.includes('ip-reuse'));
const faults = new Map(ADDRESS_FAULTS.map((fault) => [fault.id, fault]));

describe('the scenarios of addresses that get another owner', () => {
  for (const scenario of scenarios) {
    it(`${scenario.id} passes on a sound dataplane`, async () => {
      const { status, reason } = await faultyRun(scenario, SOUND);
      expect([status, reason]).to.deep.equal(['passed', null]);
    });

    for (const bug of scenario.catches ?? []) {
      const fault = faults.get(bug);
      it(`${scenario.id} fails where ${fault?.what ?? bug} (${bug})`, async () => {
        expect(fault, `a fault for ${bug}`).not.to.equal(undefined);
        expect((await faultyRun(scenario, fault ?? SOUND)).status).to.equal('failed');
      });
    }
  }

  it('catch every bug with addresses that a simulated dataplane can have', () => {
    const caught = new Set(scenarios.flatMap(({ catches = [] }) => catches));
    expect(ADDRESS_FAULTS.map(({ id }) => id).filter((id) => !caught.has(id))).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { ADDRESS_FAULTS } from '../../support/faults/bugs/addresses.ts';
import { BUG_FAULTS, SOUND } from '../../support/faults/bugs.ts';
import { familiesOf, play } from '../../support/faults/play.ts';

const scenarios = loadScenarios(['bugs', 'semantics', 'life-cycle', 'disruption', 'paths']);
const WITH_ADDRESSES = new Set(ADDRESS_FAULTS.map(({ id }) => id));
const faults = new Map(BUG_FAULTS.map((fault) => [fault.id, fault]));

describe('the scenarios of bugs that plugins really had', () => {
  for (const scenario of scenarios) {
    const { id, catches = [] } = scenario;
    it(`${id} passes on a sound dataplane`, () => {
      expect(play(scenario, SOUND, familiesOf(scenario))).to.deep.equal({ status: 'pass' });
    });

    // Who has an address is played by the engine: address-reuse.test.ts asks those.
    for (const bug of catches.filter((each) => !WITH_ADDRESSES.has(each))) {
      const fault = faults.get(bug);
      it(`${id} fails where ${fault?.what ?? bug} (${bug})`, () => {
        expect(fault, `a fault for ${bug}`).not.to.equal(undefined);
        const played = fault && play(scenario, fault, familiesOf(scenario));
        expect(played?.status).to.equal('fail');
        expect(played?.at).to.include(fault?.shows?.[id] ?? '');
      });
    }
  }

  it('catch every bug that a simulated dataplane can have', () => {
    const caught = new Set(scenarios.flatMap(({ catches = [] }) => catches));
    expect(BUG_FAULTS.map(({ id }) => id).filter((id) => !caught.has(id))).to.deep.equal([]);
  });
});

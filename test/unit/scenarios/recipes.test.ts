import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { SOUND } from '../../support/faults/bugs.ts';
import { OBVIOUS } from '../../support/faults/obvious.ts';
import { play } from '../../support/faults/play.ts';

/** What each recipe is there to show, by its number: a fault that breaks just that. There is no recipe 13. */
const FAULTS: Readonly<Record<string, keyof typeof OBVIOUS>> = {
  '01': 'noRulesAllow',
  '02': 'anyPod',
  '02a': 'oldestPolicyOnly',
  '03': 'barePodsUnselected',
  '04': 'podsOfAnyNamespace',
  '05': 'otherNamespacesOnly',
  '06': 'anyNamespace',
  '07': 'selectorsApart',
  '08': 'emptyRuleDenies',
  '09': 'anyPort',
  '10': 'firstPeerOnly',
  '11': 'noEgress',
  '12': 'noEgress',
  '14': 'noEgress',
};

const scenarios = loadScenarios(['recipes']);
const numberOf = (id: string) => /^recipes\/(\d\da?)-/.exec(id)?.[1] ?? '';

describe('the scenarios of the recipes', () => {
  it('are fourteen, each with its page', () => {
    expect(scenarios.map(({ id }) => numberOf(id)).toSorted()).to.deep.equal(Object.keys(FAULTS).toSorted());
    const pages = scenarios.map(({ origin = '' }) => /\/([\w-]+)\.md$/.exec(origin)?.[1]);
    expect(pages).to.deep.equal(scenarios.map(({ id }) => id.slice('recipes/'.length)));
  });

  for (const scenario of scenarios) {
    const fault = OBVIOUS[FAULTS[numberOf(scenario.id)]!];
    it(`${scenario.id} passes on a sound dataplane and fails where ${fault.what}`, () => {
      expect(play(scenario, SOUND)).to.deep.equal({ status: 'pass' });
      expect(play(scenario, fault).status).to.equal('fail');
    });
  }
});

import { expect } from 'chai';
import { loadScenarios } from '../../../../src/adapters/files/load-scenarios.ts';
import { plan } from '../../../../src/core/scenario/plan.ts';
import type { Change, ScenarioPod } from '../../../../src/core/scenario/scenario.ts';
import { soleOwnersIn } from '../../../../src/core/scenario/sole-owners.ts';

const pod = { namespace: 'x', name: 'new', takesAddressOf: 'x/old', dialledAhead: true } as ScenarioPod;
const create = (over: Partial<ScenarioPod> = {}): Change => ({
  kind: 'create',
  namespaces: [],
  services: [],
  pods: [{ ...pod, ...over }],
});
const remove = (graceSeconds?: number): Change => ({
  kind: 'remove-pod',
  pod: 'x/old',
  lingers: false,
  ...(graceSeconds !== undefined && { graceSeconds }),
});

function soleOwners(changes: readonly Change[], together = false): readonly unknown[] {
  const step = { name: 's', changes, expect: undefined, budgetMs: undefined, holdMs: undefined, flapsAllowed: false };
  return [...soleOwnersIn({ changes, together }, { steps: [step] })];
}

describe('new pods whose addresses are nobody’s until they come', () => {
  it('are those that are dialled ahead, by the change that makes them', () => {
    expect(soleOwners([remove(), create()])).to.deep.equal([['x/new', 1]]);
  });

  it('are none that are not dialled ahead', () => {
    expect(soleOwners([remove(), create({ dialledAhead: false })])).to.deep.equal([]);
  });

  it('are none where who had the address was taken away without a word, or goes at the same time', () => {
    expect(soleOwners([remove(0), create()])).to.deep.equal([]);
    expect(soleOwners([remove(), create()], true)).to.deep.equal([]);
  });

  it('are told to the judge, in the scenario that dials them', () => {
    const [scenario] = loadScenarios(['start/entered-from-the-first-instant']);
    const [first, ...comes] = plan(scenario!);
    expect(first?.cells.some(({ madeBy }) => madeBy !== undefined)).to.equal(false);
    for (const { cells, changes } of comes) {
      expect(cells.map(({ madeBy }) => changes[madeBy ?? -1]?.kind)).to.deep.equal(['create', 'create', 'create']);
    }
  });
});

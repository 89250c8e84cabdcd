import { expect } from 'chai';
import { loadScenarios } from '../../../src/adapters/files/load-scenarios.ts';
import { sampleOf } from '../../support/e2e/sample.ts';

const scenarios = loadScenarios(['article', 'recipes', 'cyclonus/ports', 'cyclonus/rules']);
const ids = (seed: number) => sampleOf(scenarios, seed).map(({ id }) => id);

describe('the sample of scenarios for a real cluster', () => {
  it('has all of the article, a tenth of the recipes, and a twentieth of the cases of a file, at least one', () => {
    const folders = ids(3).map((id) => id.split('/').slice(0, -1).join('/'));
    const counts = Object.fromEntries(
      [...Map.groupBy(folders, (name) => name)].map(([name, all]) => [name, all.length]),
    );
    expect(counts).to.deep.equal({ article: 4, recipes: 2, 'cyclonus/ports': 4, 'cyclonus/rules': 1 });
  });

  it('is the same for the same seed, and all of them in twenty seeds', () => {
    expect(ids(3)).to.deep.equal(ids(3));
    const twenty = Array.from({ length: 20 }, (_, seed) => ids(seed)).flat();
    expect(new Set(twenty).size).to.equal(scenarios.length);
  });
});

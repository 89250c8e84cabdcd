import { expect } from 'chai';
import fc from 'fast-check';
import { recipeKey } from '../../../../../../src/adapters/images/source/steps/recipe-key.ts';

describe('recipeKey', () => {
  it('does not depend on the order of fields', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.array(fc.string()))), (inputs) => {
        const reversed = Object.fromEntries(Object.entries(inputs).reverse());
        expect(recipeKey(reversed)).to.equal(recipeKey(inputs));
      }),
    );
  });

  it('differs when any input differs', () => {
    const list = fc.array(fc.string(), { maxLength: 4 });
    fc.assert(
      fc.property(list, list, (a, b) => {
        expect(recipeKey(a) === recipeKey(b)).to.equal(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
    const variants = ['1', 1, true, 'true', ['1'], [['1']], { a: '1' }, { a: 1 }, { b: '1' }, [], {}, ''];
    expect(new Set(variants.map((inputs) => recipeKey(inputs))).size).to.equal(variants.length);
  });

  it('fits a file name and an image tag', () => {
    expect(recipeKey('x')).to.match(/^[0-9a-f]{16}$/);
  });
});

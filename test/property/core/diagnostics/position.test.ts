import { expect } from 'chai';
import fc from 'fast-check';
import { formatPosition, positionsIn } from '../../../../src/core/diagnostics/position.ts';

const position = fc.record({
  file: fc.stringMatching(/^[\w./ -]*\w\.ya?ml$/),
  line: fc.integer({ min: 1, max: 9999 }),
  column: fc.integer({ min: 1, max: 200 }),
});

describe('the places that a text names', () => {
  it('are those that were printed into it, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.stringMatching(/^[\w :,.-]*$/), position)), (parts) => {
        const text = parts.map(([words, place]) => `${words} (${formatPosition(place)})`).join('\n');
        expect(positionsIn(text)).to.deep.equal(parts.map(([, place]) => place));
      }),
    );
  });
});

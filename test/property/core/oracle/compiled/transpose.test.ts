import { expect } from 'chai';
import * as fc from 'fast-check';
import { TypedFastBitSet } from 'typedfastbitset';
import { transposed } from '../../../../../src/core/oracle/compiled/transpose.ts';

describe('a transposed bit matrix', () => {
  it('has the bit of row a, column b in row b, column a', () => {
    const matrix = fc
      .integer({ min: 1, max: 100 })
      .chain((size) => fc.array(fc.uniqueArray(fc.nat(size - 1)), { minLength: size, maxLength: size }));
    fc.assert(
      fc.property(matrix, (rows) => {
        const columns = transposed(
          rows.map((row) => new TypedFastBitSet(row, new Uint32Array((rows.length + 31) >>> 5))),
        );
        const expected = rows.map((_, a) => [...rows.keys()].filter((b) => rows[b]?.includes(a)));
        expect(columns.map((column) => column.array())).to.deep.equal(expected);
      }),
    );
  });
});

import { expect } from 'chai';
import fc from 'fast-check';
import { LineTable } from '../../../../src/core/result/line-table.ts';

describe('a table of lines', () => {
  it('gives every text back, and holds each line once', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom('', 'a', 'b', '  c')).map((lines) => lines.join('\n'))),
        (texts) => {
          const table = new LineTable();
          const coded = texts.map((text) => table.indicesOf(text));
          expect(coded.map((indices) => indices.map((index) => table.lines[index]).join('\n'))).to.deep.equal(texts);
          expect(new Set(table.lines).size).to.equal(table.lines.length);
        },
      ),
    );
  });
});

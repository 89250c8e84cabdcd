import { expect } from 'chai';
import fc from 'fast-check';
import type { Expected } from '../../../src/core/matrix/expected.ts';
import { formatMatrix } from '../../../src/reporters/matrix.ts';
import type { MatrixCell } from '../../../src/reporters/symbols.ts';
import { aCell } from '../../support/judge/step.ts';

const name = fc
  .tuple(fc.constantFrom('x', 'y'), fc.constantFrom('a', 'web', 'a-long-name'))
  .map((parts) => parts.join('/'));
const cell: fc.Arbitrary<MatrixCell> = fc
  .record({
    from: name,
    to: name,
    port: fc.constantFrom(80, 443, 31_234),
    protocol: fc.constantFrom('TCP', 'UDP'),
    path: fc.constantFrom('pod-ip', 'dns'),
    expected: fc.constantFrom<Expected>('open', 'closed'),
  })
  .map(({ expected, ...over }) => ({ cell: aCell(over), expected }));
const cells = fc.uniqueArray(cell, { minLength: 1, maxLength: 30, selector: (one) => JSON.stringify(one.cell) });

/** Lines without those of titles and legend. */
const tableLines = (text: string) => text.split('\n').filter((line) => !/^via|^[.X] (open|closed)/.test(line));

describe('a printed matrix', () => {
  it('shows every cell once, at whatever width', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 20, max: 160 }), (members, width) => {
        const text = tableLines(formatMatrix({ cells: members }, { width, colour: false })).join('\n');
        const count = (sign: string) => text.split(/\s+/).filter((word) => word === sign).length;
        expect(count('.')).to.equal(members.filter(({ expected }) => expected === 'open').length);
        expect(count('X')).to.equal(members.filter(({ expected }) => expected === 'closed').length);
      }),
    );
  });

  it('is no wider than the terminal unless one destination alone is', () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 70, max: 160 }), (members, width) => {
        const lines = tableLines(formatMatrix({ cells: members }, { width, colour: false }));
        expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(width);
      }),
    );
  });
});

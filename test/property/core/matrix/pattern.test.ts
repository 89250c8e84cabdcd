import { expect } from 'chai';
import fc from 'fast-check';
import { type Cell, cellName } from '../../../../src/core/matrix/cell.ts';
import { matcherOf, matchesName, PATHS, parsePattern } from '../../../../src/core/matrix/pattern.ts';

const part = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,5}[a-z0-9])?$/);
const name = fc.tuple(part, part).map(([namespace, pod]) => `${namespace}/${pod}`);
const cell: fc.Arbitrary<Cell> = fc.record({
  from: name,
  to: name,
  port: fc.integer({ min: 1, max: 65535 }),
  protocol: fc.constantFrom('TCP' as const, 'UDP' as const, 'SCTP' as const),
  path: fc.constantFrom(...PATHS),
  family: fc.constant('IPv4' as const),
  method: fc.constantFrom('agent' as const, 'wget' as const),
});
const matches = (text: string, of: Cell): boolean => {
  const pattern = parsePattern(text);
  if (pattern === undefined) throw new Error(`no pattern: ${text}`);
  return matcherOf(pattern)(of);
};
const exact = (of: Cell): string => `${cellName({ ...of, method: 'agent' })} (${of.method})`;

describe('patterns of cells', () => {
  it('a fully written pattern matches its cell and no other', () => {
    fc.assert(
      fc.property(cell, cell, (a, b) => {
        expect(matches(exact(a), a)).to.equal(true);
        expect(matches(exact(a), b)).to.equal(exact(a) === exact(b));
      }),
    );
  });

  it('the name of a cell is a pattern of it', () => {
    fc.assert(fc.property(cell, (of) => matches(cellName(of), of)));
  });

  it('* for any part only ever adds cells', () => {
    fc.assert(
      fc.property(cell, cell, fc.constantFrom('*', 'namespace', 'name', 'port'), (a, b, widen) => {
        const [namespace, pod] = a.to.split('/');
        const to = { '*': '*', namespace: `*/${pod}`, name: `${namespace}/*`, port: a.to }[widen];
        const port = widen === 'port' ? '*' : String(a.port);
        const wide = `${a.from}->${to}:${port}/${a.protocol} via ${a.path}`;
        expect(matches(wide, a)).to.equal(true);
        if (matches(`${a.from}->${a.to}:${a.port}/${a.protocol} via ${a.path}`, b))
          expect(matches(wide, b)).to.equal(true);
      }),
    );
  });

  it('* stands for text inside a part, and never reaches over the slash', () => {
    fc.assert(
      fc.property(part, part, fc.nat(), (namespace, pod, at) => {
        const cut = at % (pod.length + 1);
        expect(matchesName(`${namespace}/${pod.slice(0, cut)}*`, `${namespace}/${pod}`)).to.equal(true);
        expect(matchesName(`${namespace}/*${pod.slice(cut)}`, `${namespace}/${pod}`)).to.equal(true);
        expect(matchesName(`${namespace}*`, `${namespace}/${pod}`)).to.equal(false);
      }),
    );
  });

  it('reading any text gives a pattern or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[ab*./:>-]{0,12}(80)?(\/TCP)?( via dns)?$/)), (text) => {
        const pattern = parsePattern(text);
        if (pattern !== undefined) expect(pattern.from).to.match(/^(\*|[^/]+\/[^/]+)$/);
      }),
    );
  });
});

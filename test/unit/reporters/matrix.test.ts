import { expect } from 'chai';
import type { Cell } from '../../../src/core/matrix/cell.ts';
import { formatMatrix } from '../../../src/reporters/matrix.ts';
import type { MatrixCell } from '../../../src/reporters/symbols.ts';
import { aCell } from '../../support/judge/step.ts';

const PLAIN = { width: 80, colour: false };

function expected(from: string, to: string, port: number, open: boolean, over: Partial<Cell> = {}): MatrixCell {
  return { cell: aCell({ from, to, port, ...over }), expected: open ? 'open' : 'closed' };
}

const lines = (...texts: string[]) => texts.join('\n');

describe('a printed matrix', () => {
  const cells = [
    expected('shop/client', 'shop/web', 80, true),
    expected('shop/client', 'shop/web', 443, false),
    expected('shop/client', 'shop/dns', 53, true, { protocol: 'UDP' }),
    expected('shop/other', 'shop/web', 80, false),
  ];

  it('has sources as rows, destinations with their ports as columns, and a legend of the signs that occur', () => {
    expect(formatMatrix({ title: 'deny all', cells }, PLAIN)).to.equal(
      lines(
        'deny all',
        'via pod-ip, namespace shop',
        '           web      dns',
        '         80  443   53/UDP',
        'client    .   X      .',
        'other     X',
        '. open   X closed',
      ),
    );
  });

  it('is broken into several tables where the terminal is narrow', () => {
    expect(formatMatrix({ cells }, { width: 20, colour: false })).to.equal(
      lines(
        'via pod-ip, namespace shop',
        '           web',
        '         80  443',
        'client    .   X',
        'other     X',
        '          dns',
        '         53/UDP',
        'client     .',
        'other',
        '. open   X closed',
      ),
    );
  });

  it('keeps namespaces in the names when there are several, and one table a way of addressing', () => {
    const two = [
      expected('x/a', 'y/b', 80, true),
      expected('x/a', 'y/b', 80, true, { path: 'dns', method: 'wget', family: 'IPv6' }),
    ];
    expect(formatMatrix({ cells: two }, PLAIN)).to.equal(
      lines(
        'via pod-ip',
        '      y/b',
        '      80',
        'x/a    .',
        'via dns IPv6, by wget',
        '      y/b',
        '      80',
        'x/a    .',
        '. open',
      ),
    );
  });

  it('marks what differs, what is not known and what is not judged, without colour', () => {
    const seen: MatrixCell[] = [
      { ...expected('x/a', 'y/b', 1, false), observed: 'open', status: 'failed' },
      { ...expected('x/a', 'y/b', 2, true), observed: 'misrouted', status: 'failed' },
      { ...expected('x/a', 'y/b', 3, true), observed: 'open', status: 'inconclusive' },
      { ...expected('x/a', 'y/b', 4, false), observed: 'refused', status: 'passed' },
      { cell: aCell({ from: 'x/a', to: 'y/b', port: 5 }), expected: 'reported', observed: 'open', status: 'reported' },
      {
        cell: aCell({ from: 'x/a', to: 'y/b', port: 6 }),
        expected: 'unresolved',
        observed: 'unresolved',
        status: 'passed',
      },
    ];
    expect(formatMatrix({ cells: seen }, PLAIN).split('\n').slice(3)).to.deep.equal([
      'x/a   [.] [M]  ?   R  (.)  U',
      '. open   R refused   M somebody else answered   U name does not resolve',
      '? not known   [ ] not as expected   ( ) seen, not judged',
    ]);
  });

  it('carries escape codes only when colours are wanted', () => {
    const code = String.fromCharCode(27);
    expect(formatMatrix({ cells }, PLAIN)).to.not.include(code);
    expect(formatMatrix({ cells }, { width: 80, colour: true })).to.include(`${code}[32m`);
  });
});

import { expect } from 'chai';
import { matrixRows } from '../../../../src/core/oracle/matrix-table.ts';
import { madeUpMatrix, PORT_80 } from '../../../support/oracle/made-up-matrix.ts';

const OTHERS = { port: 65535, protocol: 'UDP', others: ['UDP', 'SCTP'] } as const;

describe('the rows of a matrix', () => {
  const matrix = madeUpMatrix('x/a x/b x/c 192.0.2.1 node-1', { 'x/c->x/a': 'denied', 'x/a->x/b:65535': 'undefined' }, [
    PORT_80,
    OTHERS,
  ]);
  const rows = (groups: readonly (readonly number[])[]) =>
    matrixRows(matrix, groups).map(({ from, to, port, verdict }) => `${from}->${to}:${port} ${verdict}`);

  it('are one for each pair and port, but none of a pod with itself or of two ends outside', () => {
    expect(rows([[0], [2], [3], [4]])).to.deep.equal([
      'x/a->x/c:80 allowed',
      'x/a->x/c:65535 allowed',
      'x/a->192.0.2.1:80 allowed',
      'x/a->192.0.2.1:65535 allowed',
      'x/a->node-1:80 allowed',
      'x/a->node-1:65535 allowed',
      'x/c->x/a:80 denied',
      'x/c->x/a:65535 denied',
      'x/c->192.0.2.1:80 allowed',
      'x/c->192.0.2.1:65535 allowed',
      'x/c->node-1:80 allowed',
      'x/c->node-1:65535 allowed',
      '192.0.2.1->x/a:80 allowed',
      '192.0.2.1->x/a:65535 allowed',
      '192.0.2.1->x/c:80 allowed',
      '192.0.2.1->x/c:65535 allowed',
      'node-1->x/a:80 allowed',
      'node-1->x/a:65535 allowed',
      'node-1->x/c:80 allowed',
      'node-1->x/c:65535 allowed',
    ]);
  });

  it('take the first of a group for all, and its first two for what they do to one another', () => {
    expect(rows([[0, 1], [2], [3, 4]])).to.deep.equal([
      'x/a+1->x/a+1:80 allowed',
      'x/a+1->x/a+1:65535 undefined',
      'x/a+1->x/c:80 allowed',
      'x/a+1->x/c:65535 allowed',
      'x/a+1->192.0.2.1+1:80 allowed',
      'x/a+1->192.0.2.1+1:65535 allowed',
      'x/c->x/a+1:80 denied',
      'x/c->x/a+1:65535 denied',
      'x/c->192.0.2.1+1:80 allowed',
      'x/c->192.0.2.1+1:65535 allowed',
      '192.0.2.1+1->x/a+1:80 allowed',
      '192.0.2.1+1->x/a+1:65535 allowed',
      '192.0.2.1+1->x/c:80 allowed',
      '192.0.2.1+1->x/c:65535 allowed',
    ]);
  });

  it('say what a port stands for', () => {
    expect(matrixRows(matrix, [[1, 2, 0]])).to.deep.equal([
      { from: 'x/b+2', to: 'x/b+2', ...PORT_80, verdict: 'allowed' },
      { from: 'x/b+2', to: 'x/b+2', ...OTHERS, verdict: 'allowed' },
    ]);
  });

  it('leave out a group without ends', () => {
    expect(rows([[], [0]])).to.deep.equal([]);
  });
});

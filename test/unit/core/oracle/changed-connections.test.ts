import { expect } from 'chai';
import type { Verdict } from '../../../../src/core/oracle/decision.ts';
import { impact } from '../../../../src/core/oracle/impact.ts';
import type { WholeMatrix } from '../../../../src/core/oracle/whole-matrix.ts';
import { madeUpMatrix, PORT_80 } from '../../../support/oracle/made-up-matrix.ts';

describe('the difference of two matrices', () => {
  it('is what has another verdict, between ends that both have, wherever they stand in the lists', () => {
    const before = madeUpMatrix('x/gone x/a x/b 192.0.2.1', { 'x/a->x/b': 'denied', '192.0.2.1->x/a': 'undefined' });
    const after = madeUpMatrix('x/b x/a 192.0.2.1 x/new', { 'x/b->x/a': 'denied', 'x/a->192.0.2.1': 'undefined' });
    expect(impact(before, after)).to.deep.equal({
      changed: [
        { from: 'x/b', to: 'x/a', ...PORT_80, before: 'allowed', after: 'denied' },
        { from: 'x/a', to: 'x/b', ...PORT_80, before: 'denied', after: 'allowed' },
        { from: 'x/a', to: '192.0.2.1', ...PORT_80, before: 'allowed', after: 'undefined' },
        { from: '192.0.2.1', to: 'x/a', ...PORT_80, before: 'undefined', after: 'allowed' },
      ],
      onlyBefore: ['x/gone'],
      onlyAfter: ['x/new'],
    });
  });

  it('is that of a pod, and of an end outside, each with itself where both are called the same', () => {
    const matrix = (listed: Readonly<Record<string, Verdict>>): WholeMatrix => {
      const { ends, ...rest } = madeUpMatrix('x/a node/another outside', listed);
      return { ...rest, ends: ends.map((end) => (end.stands === undefined ? end : { ...end, name: 'node/another' })) };
    };
    const shut = matrix({ 'node/another->x/a': 'denied' });
    expect(impact(shut, shut).changed).to.deep.equal([]);
    expect(impact(matrix({}), shut).changed).to.deep.equal([
      { from: 'node/another', to: 'x/a', ...PORT_80, before: 'allowed', after: 'denied' },
    ]);
    expect(impact(shut, madeUpMatrix('x/a')).onlyBefore).to.deep.equal(['node/another', 'node/another']);
  });

  it('is nothing where one of them does not say', () => {
    const [silent, telling] = [madeUpMatrix('x/a x/b', { 'x/a->x/b': undefined }), madeUpMatrix('x/a x/b')];
    expect(impact(silent, telling).changed).to.deep.equal([]);
    expect(impact(telling, silent).changed).to.deep.equal([]);
  });
});

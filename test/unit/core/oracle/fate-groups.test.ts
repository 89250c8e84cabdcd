import { expect } from 'chai';
import type { Verdict } from '../../../../src/core/oracle/decision.ts';
import { fateGroups } from '../../../../src/core/oracle/fate-groups.ts';
import { madeUpMatrix, PORT_80 } from '../../../support/oracle/made-up-matrix.ts';

const PORTS = [PORT_80, { port: 81, protocol: 'TCP' }] as const;
/** The groups of the ends, one after the other. */
const groups = (names: string, listed: Readonly<Record<string, Verdict>> = {}) => {
  const matrix = madeUpMatrix(names, listed, PORTS);
  return fateGroups(matrix)
    .map((group) => group.map((end) => matrix.ends[end]?.name).join(' '))
    .join(', ');
};

describe('ends of equal fate', () => {
  for (const [title, names, listed, expected] of [
    ['are one group where all is allowed', 'x/a x/b x/c', {}, 'x/a x/b x/c'],
    ['are pods, or ends outside', 'x/a 192.0.2.1 x/b node-1', {}, 'x/a x/b, 192.0.2.1 node-1'],
    ['are never pods and ends outside, however alike', 'x/a x/b 192.0.2.1', {}, 'x/a x/b, 192.0.2.1'],
    ['may be shut off from one another', 'x/a x/b', { 'x/a->x/b': 'denied', 'x/b->x/a': 'denied' }, 'x/a x/b'],
    ['treat each other alike', 'x/a x/b', { 'x/a->x/b': 'denied' }, 'x/a, x/b'],
    ['treat each other alike on every port', 'x/a x/b', { 'x/a->x/b:81': 'denied' }, 'x/a, x/b'],
    ['reach every other end alike', 'x/a x/b x/c', { 'x/a->x/c': 'denied', 'x/c->x/b': 'allowed' }, 'x/a, x/b, x/c'],
    ['are reached by every other end alike', 'x/a x/b 10.0.0.1', { '10.0.0.1->x/b': 'denied' }, 'x/a, x/b, 10.0.0.1'],
    ['reach ends outside alike', 'x/a x/b 10.0.0.1', { 'x/b->10.0.0.1:81': 'undefined' }, 'x/a, x/b, 10.0.0.1'],
    [
      'keep their order, also where the last is like the first',
      'x/a x/b x/c 10.0.0.1',
      { '10.0.0.1->x/b': 'denied' },
      'x/a x/c, x/b, 10.0.0.1',
    ],
  ] as const) {
    it(title, () => expect(groups(names, listed)).to.equal(expected));
  }
});

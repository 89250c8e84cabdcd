import { expect } from 'chai';
import type { PlannedCell, PlannedStep } from '../../../src/core/scenario/planned-step.ts';
import type { Change } from '../../../src/core/scenario/scenario.ts';
import { closingStep, deletionsOf } from '../../../src/engine/open-steps.ts';

const apply = (name: string, namespace = 'x'): Change => ({
  kind: 'apply',
  manifest: {
    kind: 'NetworkPolicy',
    name,
    namespace,
    tree: {},
    position: { file: 'p.yaml', line: 1, column: 1 },
    text: '',
  },
});
const remove = (name: string, namespace = 'x'): Change => ({ kind: 'delete', policy: { namespace, name } });

describe('deletionsOf', () => {
  it('deletes what is in force at the end, once', () => {
    expect(deletionsOf([apply('p'), apply('q'), apply('p'), remove('q'), apply('p', 'y')])).to.deep.equal([
      remove('p'),
      remove('p', 'y'),
    ]);
  });

  it('deletes a policy that was deleted and applied again', () => {
    expect(deletionsOf([apply('p'), remove('p'), apply('p')])).to.deep.equal([remove('p')]);
  });

  it('has nothing to do without policies', () => {
    expect(deletionsOf([{ kind: 'label-pod', pod: 'x/a', labels: { a: 'b' } }])).to.deep.equal([]);
  });
});

describe('closingStep', () => {
  const cell = (from: string, rest: Pick<PlannedCell, 'expected' | 'touched'>): PlannedCell => ({
    cell: { from, to: 'x/b', port: 80, protocol: 'TCP', path: 'pod-ip', family: 'IPv4', method: 'agent' },
    before: 'open',
    explanation: '',
    ...rest,
  });
  const last: PlannedStep = {
    name: 'last',
    changes: [],
    cells: [
      cell('x/shut', { expected: 'closed', touched: true }),
      cell('x/let-in', { expected: 'open', touched: true }),
      cell('x/unconcerned', { expected: 'open', touched: false }),
    ],
    budgetMs: 1,
    holdMs: 1,
    flapsAllowed: false,
  };
  const wavering = (...names: readonly string[]) => {
    const { cells, flapsAllowed } = closingStep(
      last,
      names.map((name) => remove(name)),
      { pods: [], services: [] },
    );
    return cells
      .filter(({ before, expected, touched }) => before !== expected || (touched && flapsAllowed))
      .map(({ cell: { from } }) => from);
  };

  it('lets only what was shut take its time where one policy goes', () => {
    expect(wavering('p')).to.deep.equal(['x/shut']);
  });

  it('lets what a policy concerns waver where several go one after the other', () => {
    expect(wavering('p', 'q')).to.deep.equal(['x/shut', 'x/let-in']);
  });
});

import { expect } from 'chai';
import type { Change } from '../../../src/core/scenario/scenario.ts';
import { deletionsOf } from '../../../src/engine/open-steps.ts';

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

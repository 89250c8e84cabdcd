import { expect } from 'chai';
import { nestedProgress } from '../../../../src/adapters/cluster/nested-progress.ts';
import { quietProgress } from '../../../support/quiet-progress.ts';

describe('nestedProgress', () => {
  it('shows the steps of a part as that one step of the whole', () => {
    const outer = quietProgress();
    const inner = nestedProgress(outer, { title: 'images', index: 1, total: 4 });
    inner.step('build kubelet', 3, 14);
    inner.step('pull');
    inner.detail('a line');
    inner.note('a note');
    expect(outer.steps).to.deep.equal(['1/4 images: build kubelet (3 of 14)', '1/4 images: pull']);
    expect(outer.details).to.deep.equal(['a line']);
    expect(outer.notes).to.deep.equal(['a note']);
  });
});

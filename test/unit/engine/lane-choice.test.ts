import { expect } from 'chai';
import { chooseNext } from '../../../src/engine/lane-choice.ts';

const job = (id: string, shape: string, fresh = false) => ({ id, shape, fresh });
const lane = (shape?: string) => ({ shape });

describe('the choice of the next scenario', () => {
  it('is one for which an idle lane keeps the pods, whatever was given first', () => {
    const [blank, kept] = [lane(), lane('b')];
    const next = chooseNext([job('1', 'a'), job('2', 'b')], [blank, kept], []);
    expect(next?.job.id).to.equal('2');
    expect(next?.lane).to.equal(kept);
  });

  it('is otherwise of the shape with most waiting, in a lane that keeps nothing', () => {
    const [kept, blank] = [lane('z'), lane()];
    const next = chooseNext([job('1', 'a'), job('2', 'b'), job('3', 'b')], [kept, blank], []);
    expect(next?.job.id).to.equal('2');
    expect(next?.lane).to.equal(blank);
  });

  it('makes pods of a shape a second time only where two wait for each lane that has them', () => {
    expect(chooseNext([job('1', 'a')], [lane()], [lane('a')])).to.equal(undefined);
    expect(chooseNext([job('1', 'a'), job('2', 'a')], [lane()], [lane('a')])?.job.id).to.equal('1');
    expect(chooseNext([job('1', 'a'), job('2', 'a')], [lane()], [lane('a'), lane('a')])).to.equal(undefined);
  });

  it('never gives kept pods to a scenario of the fresh sample', () => {
    const [kept, blank] = [lane('a'), lane()];
    expect(chooseNext([job('1', 'a', true)], [kept, blank], [])?.lane).to.equal(blank);
    expect(chooseNext([job('1', 'a', true), job('2', 'a')], [kept, blank], [])?.job.id).to.equal('2');
  });

  it('gives new pods to the fresh sample first, so that they need not be made twice', () => {
    expect(chooseNext([job('1', 'a'), job('2', 'a', true)], [lane()], [])?.job.id).to.equal('2');
  });

  it('makes pods for what is left of the fresh sample beside lanes of its shape', () => {
    expect(chooseNext([job('1', 'a', true)], [lane()], [lane('a'), lane('a')])?.job.id).to.equal('1');
  });
});

import { expect } from 'chai';
import type { PlannedCell, PlannedStep } from '../../../src/core/scenario/planned-step.ts';
import { demandOf, quietDemandOf, sampleQuietly, sampleStep } from '../../../src/engine/sampling.ts';

const cell = (touched: boolean, method: 'agent' | 'wget' = 'agent'): PlannedCell => ({
  cell: { from: 'x/a', to: 'y/b', port: 80, protocol: 'TCP', path: 'pod-ip', family: 'IPv4', method },
  before: 'open',
  expected: touched ? 'closed' : 'open',
  touched,
  explanation: '',
});

const step = (cells: readonly PlannedCell[], holdMs = 1_000): PlannedStep => ({
  name: 'step',
  changes: [],
  cells,
  budgetMs: 5_000,
  holdMs,
  flapsAllowed: false,
});

describe('sampleStep', () => {
  it('gives touched cells more than 30 attempts in the hold and the others more than 4', () => {
    const dense = cell(true);
    const sparse = cell(false);
    const sampling = sampleStep(step([dense, sparse]), 1_000);
    expect(sampling.holdMs).to.equal(1_000);
    expect(sampling.holdMs / sampling.intervalOf(dense)).to.be.above(30);
    expect(sampling.holdMs / sampling.intervalOf(sparse)).to.be.above(4);
  });

  it('makes the hold longer, never the proof weaker, when the bound on attempts is reached', () => {
    const cells = Array.from({ length: 300 }, () => cell(true));
    const sampling = sampleStep(step(cells), 1_000);
    const interval = sampling.intervalOf(cells[0]!);
    expect(sampling.holdMs / interval).to.be.above(30);
    expect((cells.length / interval) * 1_000).to.be.at.most(1_000);
  });

  it('gives the others what the bound leaves, as densely as the touched ones at most', () => {
    const [dense, sparse] = [cell(true), cell(false)];
    const few = sampleStep(step([dense, sparse]), 1_000);
    expect(few.intervalOf(sparse)).to.equal(few.intervalOf(dense));
    const many = sampleStep(step([dense, ...Array.from({ length: 100 }, () => cell(false))]), 1_000);
    expect(many.holdMs).to.equal(1_000);
    expect(many.intervalOf(sparse)).to.be.above(many.intervalOf(dense));
    const perSecond = 1_000 / many.intervalOf(dense) + 100 * (1_000 / many.intervalOf(sparse));
    expect(perSecond).to.be.at.most(1_000.001);
  });

  it('watches through a long hold as closely as through a short one, with what the bound leaves', () => {
    const [dense, sparse] = [cell(true), cell(false)];
    expect(sampleStep(step([dense], 5_000), 1_000).intervalOf(dense)).to.equal(25);
    expect(sampleStep(step([dense], 120_000), 1_000).intervalOf(dense)).to.equal(100);
    const many = [...Array.from({ length: 50 }, () => cell(true)), ...Array.from({ length: 50 }, () => cell(false))];
    const { holdMs, intervalOf } = sampleStep(step(many, 5_000), 1_000);
    expect(holdMs).to.equal(5_000);
    expect(holdMs / intervalOf(dense)).to.be.above(40);
    expect(50_000 / intervalOf(dense) + 50_000 / intervalOf(sparse)).to.be.at.most(1_000.001);
    expect(demandOf(step([dense], 5_000))).to.deep.equal({ least: 8, most: 40 });
  });

  it('holds long enough for a wget that times out after 2 s to be sent in it', () => {
    expect(sampleStep(step([cell(true, 'wget')]), 1_000).holdMs).to.be.above(2_300);
  });

  it('holds until a wget of every cell was sent, however many take turns', () => {
    const wgets = Array.from({ length: 40 }, () => ({
      ...cell(false, 'wget'),
      before: 'open' as const,
      expected: 'open' as const,
    }));
    const { holdMs, intervalOf } = sampleStep(step(wgets), 1_000);
    expect(holdMs).to.be.at.least(2 * intervalOf(wgets[0]!));
  });

  it('does not slow the agents down for the sake of a wget', () => {
    const agent = cell(true);
    expect(sampleStep(step([agent, cell(true, 'wget')]), 1_000).intervalOf(agent)).to.be.at.most(1_000 / 30);
  });
});

describe('sampleQuietly', () => {
  it('watches every cell twice before a change', () => {
    const { leadMs, intervalOf } = sampleQuietly(step([cell(true)]), 1_000);
    expect(leadMs).to.be.above(2 * intervalOf(cell(true)));
  });

  it('watches longer, never with more attempts than it was given, where the bound is reached', () => {
    const many = step(Array.from({ length: 400 }, () => cell(true)));
    expect(quietDemandOf(many).least).to.equal(2_000);
    const { leadMs, intervalOf } = sampleQuietly(many, 500);
    expect((400 * 1_000) / intervalOf(cell(true))).to.be.at.most(500.001);
    expect(leadMs).to.be.above(2 * intervalOf(cell(true)));
  });
});

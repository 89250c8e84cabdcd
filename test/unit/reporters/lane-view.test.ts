import { expect } from 'chai';
import { laneView } from '../../../src/reporters/lane-view.ts';
import { aScenarioResult } from '../../support/result/results.ts';

const size = { width: 60, rows: 24 };

describe('the view of the lanes', () => {
  it('has a line for each scenario that runs, and how far the run is', () => {
    const view = laneView();
    view.begin(400);
    view.doing('a', 'pods');
    view.doing('b', 'deny, 36 cells');
    view.doing('a', 'baseline');
    view.finished(aScenarioResult({ id: 'c' }));
    view.finished(aScenarioResult({ id: 'd', status: 'failed' }));
    expect(view.text(size).split('\n')).to.deep.equal([
      '  a: baseline',
      '  b: deny, 36 cells',
      '  2 of 400 scenarios done: 1 failed, 1 passed',
    ]);
  });

  it('is empty when nothing runs', () => {
    const view = laneView();
    view.begin(2);
    expect(view.text(size)).to.equal('');
    view.doing('a', 'pods');
    view.rest('a');
    expect(view.text(size)).to.equal('');
  });

  it('never has more lines than the terminal, nor longer ones', () => {
    const view = laneView();
    view.begin(50);
    for (let index = 0; index < 50; index += 1) view.doing(`scenario-${index}`, 'x'.repeat(100));
    for (const rows of [5, 10, 24]) {
      const lines = view.text({ width: 30, rows }).split('\n');
      expect(lines.length).to.be.lessThan(rows);
      expect(Math.max(...lines.map((line) => line.length))).to.be.lessThan(30);
      expect(lines.at(-2)).to.equal(`  and ${50 - (rows - 4)} more scenarios`);
    }
  });
});

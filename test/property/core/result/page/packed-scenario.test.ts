import { expect } from 'chai';
import fc from 'fast-check';
import { histogram } from '../../../../../src/core/result/page/histogram.ts';
import { packCells, unpackCells } from '../../../../../src/core/result/page/packed-cells.ts';
import { packScenario, unpackScenario } from '../../../../../src/core/result/page/packed-scenario.ts';
import type { CellResult } from '../../../../../src/core/result/result.ts';
import { aScenarioResult, aStep, SERIES } from '../../../../support/result/results.ts';

const judged = aStep('deny', [SERIES.closes(), SERIES.staysOpen('y/c'), SERIES.unknown('y/d')]);
const cell: fc.Arbitrary<CellResult> = fc
  .tuple(fc.constantFrom(...judged.cells), fc.constantFrom('x/a', 'x/b', 'y/b'), fc.constantFrom(80, 81))
  .map(([base, from, port]) => ({ ...base, from, port }));

describe('the packed cells of a step', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        const stored = JSON.parse(JSON.stringify(packCells(cells)));
        expect(unpackCells(stored)).to.deep.equal(cells);
      }),
    );
  });
});

describe('a packed scenario', () => {
  it('comes back as it was, but for the times of cells that passed without moving', () => {
    const scenario = aScenarioResult({ steps: [judged, aStep('late', [SERIES.closes('y/b', 99_999)])] });
    const { steps } = unpackScenario(JSON.parse(JSON.stringify(packScenario(scenario))));
    const [calm, ...others] = steps.flatMap(({ cells }) => cells.filter(({ to }) => to === 'y/c'));
    expect(calm?.series).to.deep.equal([['open', 360, -1000, 8000]]);
    expect(others).to.deep.equal([]);
    const moved = (all: typeof steps) => all.flatMap(({ cells }) => cells.filter(({ to }) => to !== 'y/c'));
    expect(moved(steps)).to.deep.equal(moved(scenario.steps));
    expect(steps.map(({ cells: _, ...rest }) => rest)).to.deep.equal(
      scenario.steps.map(({ cells: _, ...rest }) => rest),
    );
  });
});

describe('a histogram', () => {
  it('has each value in the bin that it lies in, and bins side by side', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -100, max: 100_000, noNaN: true })), (values) => {
        const bins = histogram(values);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).to.equal(values.length);
        for (const { fromMs, toMs, count } of bins) {
          const inside = values.filter((ms) => Math.max(ms, 0) >= fromMs * 0.999_999 && ms < toMs * 1.000_001);
          expect(inside.length).to.be.greaterThanOrEqual(count);
        }
        for (const [index, bin] of bins.slice(1).entries()) expect(bin.fromMs).to.equal(bins[index]?.toMs);
      }),
    );
  });
});

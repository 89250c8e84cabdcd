import type { CellResult, ScenarioResult, StepResult } from '../result.ts';
import { type PackedCells, packCells, unpackCells } from './packed-cells.ts';

/** What the times of a cell that never moved are rounded to, in ms: they only show for how long it was watched. */
const CALM_ROUNDING_MS = 100;

/** A scenario as the HTML report carries it, opened only when somebody looks at it. */
export interface PackedScenario {
  readonly policies: ScenarioResult['policies'];
  readonly steps: readonly (Omit<StepResult, 'cells'> & { readonly cells: PackedCells })[];
}

/** What a reader sees of a scenario besides its entry in the overview. */
export type ScenarioDetail = Pick<ScenarioResult, 'policies' | 'steps'>;

/** Packs a scenario. Of cells that came out as expected and never moved, the times of the series are rounded. */
export function packScenario({ policies, steps }: ScenarioDetail): PackedScenario {
  return { policies, steps: steps.map((step) => ({ ...step, cells: packCells(step.cells.map(calmed)) })) };
}

/** The scenario that was packed. */
export function unpackScenario({ policies, steps }: PackedScenario): ScenarioDetail {
  return { policies, steps: steps.map((step) => ({ ...step, cells: unpackCells(step.cells) })) };
}

function calmed(cell: CellResult): CellResult {
  const [only, ...more] = cell.series;
  if (only === undefined || more.length > 0 || cell.status !== 'passed') return cell;
  const [outcome, attempts, firstMs, lastMs] = only;
  return { ...cell, series: [[outcome, attempts, coarse(firstMs), coarse(lastMs)]] };
}

function coarse(ms: number): number {
  return Math.round(ms / CALM_ROUNDING_MS) * CALM_ROUNDING_MS;
}

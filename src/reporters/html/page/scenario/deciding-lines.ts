import { type Position, positionsIn } from '../../../../core/diagnostics/position.ts';
import type { CellResult, StepResult } from '../../../../core/result/result.ts';

/** Why a cell is expected to be what it is, as the oracle says it. */
export function explanationOf({ explanations }: StepResult, { explanation }: CellResult): string {
  return explanation.map((index) => explanations[index]).join('\n');
}

/** The lines of policies that decide a cell. */
export function decidingLines(step: StepResult, cell: CellResult): readonly Position[] {
  return positionsIn(explanationOf(step, cell));
}

import { type Position, positionsIn } from '../../../../core/diagnostics/position.ts';
import { withoutRemedy } from '../../../../core/oracle/explain-text.ts';
import type { CellResult, StepResult } from '../../../../core/result/result.ts';

/** Why a cell is expected to be what it is, as the oracle says it; of one that failed to close not how to open it. */
export function explanationOf({ explanations }: StepResult, cell: CellResult): string {
  const text = cell.explanation.map((index) => explanations[index]).join('\n');
  return cell.expected === 'closed' && cell.status === 'failed' ? withoutRemedy(text) : text;
}

/** The lines of policies that decide a cell. */
export function decidingLines(step: StepResult, cell: CellResult): readonly Position[] {
  return positionsIn(explanationOf(step, cell));
}

import { judgeCell } from './judge-cell.ts';
import type { JudgeLimits } from './limits.ts';
import type { StepRecord } from './record.ts';
import type { CellVerdict, Status, StepVerdict } from './verdict.ts';

/**
 * Judges a step by the series of all its cells (design: "Judging"). The worst cell decides: fail, inconclusive, pass.
 * A step in which nothing was judged is inconclusive, never a pass.
 */
export function judgeStep(record: StepRecord, limits: JudgeLimits): StepVerdict {
  const cells = record.series.map((series) => judgeCell(series, record, limits));
  return { status: worstOf(cells), cells };
}

function worstOf(cells: readonly CellVerdict[]): Status {
  const seen = new Set(cells.map(({ status }) => status));
  if (seen.has('fail')) return 'fail';
  return seen.has('pass') && !seen.has('inconclusive') ? 'pass' : 'inconclusive';
}

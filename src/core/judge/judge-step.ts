import { judgeCell } from './judge-cell.ts';
import { judgeConnection } from './judge-connection.ts';
import type { JudgeLimits } from './limits.ts';
import type { StepRecord } from './record.ts';
import type { Status, StepVerdict } from './verdict.ts';

/**
 * Judges a step by the series of all its cells (design: "Judging") and by what became of connections that were held open
 * through it. The worst of them decides: fail, inconclusive, pass.
 * A step in which nothing was judged is inconclusive, never a pass.
 */
export function judgeStep(record: StepRecord, limits: JudgeLimits): StepVerdict {
  const cells = record.series.map((series) => judgeCell(series, record, limits));
  const connections = (record.connections ?? []).map((held) => judgeConnection(held, record, limits));
  return { status: worstOf([...cells, ...connections].map(({ status }) => status)), cells, connections };
}

function worstOf(statuses: readonly (Status | 'reported')[]): Status {
  const seen = new Set(statuses);
  if (seen.has('fail')) return 'fail';
  return seen.has('pass') && !seen.has('inconclusive') ? 'pass' : 'inconclusive';
}

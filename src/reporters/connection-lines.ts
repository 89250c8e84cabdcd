import { cellName } from '../core/matrix/cell.ts';
import type { ConnectionResult, StepResult } from '../core/result/result.ts';
import { momentOf, type TimedStep } from './failure-words.ts';

/** What became of the connections that a step held open, a line each; for reporters of plain text. */
export function connectionLines(step: Pick<StepResult, 'connections' | 'changes'>): string[] {
  return step.connections.map((connection) => {
    const again = connection.again === null ? '' : `; dialled again from its source port: ${connection.again}`;
    return `held ${cellName(connection)}: ${fateOf(connection, step)}${again}${VERDICTS[connection.status]}`;
  });
}

const VERDICTS = { passed: '', reported: ' (not judged)', failed: ' (FAILED)', inconclusive: ' (not known)' } as const;

function fateOf({ state, broken_ms, exchanges, answered }: ConnectionResult, step: TimedStep): string {
  const at = momentOf(broken_ms ?? 0, step);
  switch (state) {
    case 'kept':
      return `kept, ${answered} of ${exchanges} exchanges answered`;
    case 'interrupted':
      return `interrupted ${at}, and answered again`;
    case 'cut':
      return `cut ${at}`;
    case 'not-open':
      return 'was not open before the change';
    case 'unknown':
      return 'not known';
  }
}

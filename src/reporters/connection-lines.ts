import { cellName } from '../core/matrix/cell.ts';
import type { ConnectionResult } from '../core/result/result.ts';

/** What became of the connections that a step held open, a line each; for reporters of plain text. */
export function connectionLines(connections: readonly ConnectionResult[]): string[] {
  return connections.map((connection) => {
    const again = connection.again === null ? '' : `; dialled again from its source port: ${connection.again}`;
    return `held ${cellName(connection)}: ${fateOf(connection)}${again}${VERDICTS[connection.status]}`;
  });
}

const VERDICTS = { passed: '', reported: ' (not judged)', failed: ' (FAILED)', inconclusive: ' (not known)' } as const;

function fateOf({ state, broken_ms, exchanges, answered }: ConnectionResult): string {
  const at = `${Math.round(broken_ms ?? 0)} ms after the change`;
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

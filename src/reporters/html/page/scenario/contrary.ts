import type { CellResult, SeriesRun } from '../../../../core/result/result.ts';

/** What a run of attempts says: it fits what is expected, contradicts it, or says nothing. */
export type Bearing = 'conforms' | 'contrary' | 'unknown';

/** The bearing of a run of attempts on what its cell is expected to be now. */
export function bearingOf([outcome]: SeriesRun, { expected }: CellResult): Bearing {
  if (outcome === 'inconclusive' || expected === 'reported') return 'unknown';
  if (outcome === 'misrouted') return 'contrary';
  if (expected === 'unresolved') return outcome === 'unresolved' ? 'conforms' : 'contrary';
  if (outcome === 'unresolved') return 'unknown';
  return (expected === 'open') === (outcome === 'open') ? 'conforms' : 'contrary';
}

/** Whether a run of attempts is a flap: it contradicts what is expected after the cell had settled. */
export function isFlap(run: SeriesRun, cell: CellResult): boolean {
  return cell.settle_ms !== null && bearingOf(run, cell) === 'contrary' && run[3] > cell.settle_ms;
}

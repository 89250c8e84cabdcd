import type { CellResult, SeriesRun, StepResult } from '../../../../core/result/result.ts';
import { counted } from '../../../words.ts';
import { bearingOf, isFlap } from './contrary.ts';

/** The attempts of a cell as a table: the chart for those who do not see it, and for print. */
export function SeriesTable({ step, cell }: { readonly step: StepResult; readonly cell: CellResult }) {
  return (
    <details>
      <summary>{counted(cell.attempts, 'attempt')} as a table</summary>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">sent</th>
            <th scope="col">outcome</th>
            <th scope="col">attempts</th>
            <th scope="col">meaning</th>
          </tr>
        </thead>
        <tbody>
          {cell.series.map((run) => (
            <tr key={run[2]}>
              <td>{timesOf(run)}</td>
              <td>{run[0]}</td>
              <td>{run[1]}</td>
              <td>{meaningOf(run, cell, step.changes.length > 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function timesOf([, attempts, first, last]: SeriesRun): string {
  return attempts === 1 ? `${first} ms` : `${first} to ${last} ms`;
}

function meaningOf(run: SeriesRun, cell: CellResult, changes: boolean): string {
  if (changes && run[3] < 0) return 'before the change';
  if (cell.settle_ms !== null && run[2] < cell.settle_ms && bearingOf(run, cell) === 'contrary')
    return 'not settled yet';
  if (isFlap(run, cell)) return 'contrary again';
  return { conforms: 'as expected', contrary: 'contrary', unknown: 'says nothing' }[bearingOf(run, cell)];
}

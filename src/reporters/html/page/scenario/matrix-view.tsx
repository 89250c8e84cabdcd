import { useState } from 'preact/hooks';
import { cellName } from '../../../../core/matrix/cell.ts';
import type { CellResult, StepResult } from '../../../../core/result/result.ts';
import { go } from '../route.ts';
import { lookOf, MEANINGS, type View, wordsOf } from './cell-look.ts';
import { moveFocus } from './grid-keys.ts';
import { type MatrixTable, matrixTables } from './matrix-table.ts';

interface MatrixViewProps {
  readonly id: string;
  readonly stepIndex: number;
  readonly step: StepResult;
  readonly opened: string | undefined;
}

/** Signs that the difference shows of cells that failed only. */
const CONTRARY = ['•', '×', 'R', 'M', 'U'];

const VIEWS = ['expected', 'observed', 'difference'] as const;

/** The matrix of a step as heat maps: what was expected, what was observed, or where they differ. */
export function MatrixView({ id, stepIndex, step, opened }: MatrixViewProps) {
  const [view, setView] = useState<View>(step.failures.length > 0 ? 'difference' : 'observed');
  const open = (cell: CellResult) => go({ kind: 'scenario', id, step: stepIndex, cell: cellName(cell) });
  const signs = new Set(step.cells.map((cell) => lookOf(cell, view).sign));
  return (
    <div class="matrix">
      <fieldset class="views no-print">
        <legend class="hidden">What the matrix of step {step.name} shows</legend>
        {VIEWS.map((each) => (
          <label key={each}>
            <input type="radio" name={`view-${stepIndex}`} checked={view === each} onChange={() => setView(each)} />{' '}
            {each}
          </label>
        ))}
      </fieldset>
      <div class="tables">
        {matrixTables(step.cells).map((table) => (
          <Table key={table.way} table={table} view={view} opened={opened} onOpen={open} step={step.name} />
        ))}
      </div>
      <p class="legend quiet">
        {Object.entries(MEANINGS)
          .filter(([sign]) => signs.has(sign))
          .map(([sign, meaning]) => (
            <span key={sign}>
              <b>{sign}</b> {meaning}
              {view === 'difference' &&
                step.failures.length > 0 &&
                CONTRARY.includes(sign) &&
                ', and that was not expected'}
            </span>
          ))}
      </p>
    </div>
  );
}

interface TableProps {
  readonly table: MatrixTable;
  readonly view: View;
  readonly opened: string | undefined;
  readonly onOpen: (cell: CellResult) => void;
  readonly step: string;
}

function Table({ table, view, opened, onOpen, step }: TableProps) {
  const { way, sources, destinations, at } = table;
  return (
    <div class="scroll">
      <table class="grid">
        <caption>
          <span class="hidden">
            {step}, {view},{' '}
          </span>
          via {way}
        </caption>
        <thead>
          <tr>
            <td class="corner" rowSpan={2}>
              from ↓ to →
            </td>
            {destinations.map(({ to, ports }) => (
              <th key={to} scope="colgroup" colSpan={ports.length} class="to">
                {to}
              </th>
            ))}
          </tr>
          <tr>
            {destinations.flatMap(({ to, ports }) =>
              ports.map((port) => (
                <th key={`${to}:${port}`} scope="col">
                  {port}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {sources.map((from, row) => (
            <tr key={from}>
              <th scope="row">{from}</th>
              {destinations
                .flatMap(({ to, ports }) => ports.map((port) => ({ to, port })))
                .map(({ to, port }, column) => {
                  const cell = at(from, to, port);
                  return cell === undefined ? (
                    <td key={`${to}:${port}`} class="none" />
                  ) : (
                    <CellBox
                      key={`${to}:${port}`}
                      cell={cell}
                      view={view}
                      first={row + column === 0}
                      opened={cellName(cell) === opened}
                      onOpen={onOpen}
                    />
                  );
                })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface CellBoxProps {
  readonly cell: CellResult;
  readonly view: View;
  readonly first: boolean;
  readonly opened: boolean;
  readonly onOpen: (cell: CellResult) => void;
}

/** One cell of a heat map: a button, of which only the first is a stop of the Tab key; arrows lead to the others. */
function CellBox({ cell, view, first, opened, onOpen }: CellBoxProps) {
  const { sign, look } = lookOf(cell, view);
  return (
    <td class={`cell ${look}`}>
      <button
        type="button"
        data-cell={cellName(cell)}
        tabIndex={first || opened ? 0 : -1}
        aria-label={wordsOf(cell)}
        aria-pressed={opened}
        title={wordsOf(cell)}
        onClick={() => onOpen(cell)}
        onKeyDown={moveFocus}
      >
        {sign}
      </button>
    </td>
  );
}

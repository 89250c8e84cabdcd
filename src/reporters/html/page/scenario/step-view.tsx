import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { cellName } from '../../../../core/matrix/cell.ts';
import type { StepResult } from '../../../../core/result/result.ts';
import { counted } from '../../../words.ts';
import { Status } from '../status.tsx';
import { CellPanel } from './cell-panel.tsx';
import { ConnectionsView } from './connections-view.tsx';
import { MatrixView } from './matrix-view.tsx';

interface StepViewProps {
  readonly id: string;
  readonly index: number;
  readonly step: StepResult;
  /** The address leads to this step. */
  readonly target: boolean;
  /** Name of the cell that is open. */
  readonly cell: string | undefined;
}

/** A step: what it changed, what it measured, its matrix, the cell that is open. */
export function StepView({ id, index, step, target, cell }: StepViewProps) {
  const head = useRef<HTMLElement>(null);
  const opened = step.cells.find((each) => cellName(each) === cell);
  useEffect(() => {
    if (target && cell === undefined) head.current?.scrollIntoView({ block: 'start' });
  }, [target, cell]);
  useFocusBack(head, cell);
  return (
    <section class="step" ref={head} aria-labelledby={`step-${index}`}>
      <h3 id={`step-${index}`}>
        <Status status={step.status} signOnly /> {step.name}
      </h3>
      <p class="quiet">
        {[step.changes.map(({ kind, object }) => `${kind} ${object}`).join(', '), ...figuresOf(step)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {step.reason !== null && <p class="reason">{step.reason}</p>}
      {step.cells.length > 0 && <MatrixView id={id} stepIndex={index} step={step} opened={cell} />}
      {step.connections.length > 0 && <ConnectionsView step={step} />}
      {opened !== undefined && <CellPanel key={cell} id={id} step={step} cell={opened} />}
      {cell !== undefined && opened === undefined && <p role="alert">This step has no cell “{cell}”.</p>}
    </section>
  );
}

/** Gives the focus back to a cell that is closed, unless something else has it. */
function useFocusBack(section: RefObject<HTMLElement | null>, cell: string | undefined): void {
  const last = useRef(cell);
  useEffect(() => {
    const buttons = [...(section.current?.querySelectorAll<HTMLElement>('[data-cell]') ?? [])];
    const closed = buttons.find(({ dataset }) => dataset.cell === last.current);
    if (cell === undefined && document.activeElement === document.body) closed?.focus();
    last.current = cell;
  }, [section, cell]);
}

function figuresOf({ cells, failures, settle_ms, exposure_ms, outage_ms }: StepResult): string[] {
  if (cells.length === 0) return [];
  const time = (what: string, ms: number | null) => (ms === null ? [] : [`${what} ${Math.round(ms)} ms`]);
  return [
    failures.length === 0
      ? counted(cells.length, 'cell')
      : `${failures.length} of ${counted(cells.length, 'cell')} not as expected or not known`,
    ...time('settled in', settle_ms),
    ...time('exposed for', exposure_ms),
    ...time('outage', outage_ms),
  ];
}

import { useEffect, useRef } from 'preact/hooks';
import { cellName } from '../../../../core/matrix/cell.ts';
import type { CellResult, FailureResult, StepResult } from '../../../../core/result/result.ts';
import { failureFacts } from '../../../failure.ts';
import { percent } from '../../../words.ts';
import { SeriesChart } from '../charts/series-chart.tsx';
import { hashOf } from '../route.ts';
import { Status } from '../status.tsx';
import { explanationOf } from './deciding-lines.ts';
import { SeriesTable } from './series-table.tsx';

interface CellPanelProps {
  readonly id: string;
  readonly step: StepResult;
  readonly cell: CellResult;
}

/** A cell opened: its attempts over time, what they came to, why it is expected so, and how to repeat it. */
export function CellPanel({ id, step, cell }: CellPanelProps) {
  const panel = useRef<HTMLElement>(null);
  const name = cellName(cell);
  const failure = step.failures.find((each) => each.cell === name && each.connection === undefined);
  useEffect(() => {
    panel.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section class="panel" ref={panel} tabIndex={-1} aria-labelledby="cell">
      <div class="masthead">
        <h4 id="cell">
          {cell.status === 'reported' ? '~' : <Status status={cell.status} signOnly />} {name}
        </h4>
        <a class="no-print" href={hashOf({ kind: 'scenario', id })}>
          close
        </a>
      </div>
      <dl class="facts">
        {factsOf(cell).map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <SeriesChart step={step} cell={cell} />
      <SeriesTable step={step} cell={cell} />
      <h5>Why it is expected</h5>
      <Text text={explanationOf(step, cell) || 'This result does not say.'} />
      {failure !== undefined && <Failure failure={failure} step={step} />}
    </section>
  );
}

/** What the panel shows of a failure where it stands already: in the facts above, as explanation, command and link. */
const SHOWN_ELSEWHERE = ['expected', 'why', 'repeat', 'scene', 'evidence'];

function Failure({ failure, step }: { readonly failure: FailureResult; readonly step: StepResult }) {
  const all = failureFacts(failure, step);
  const facts = all.filter(([label]) => !SHOWN_ELSEWHERE.includes(label));
  const scene = all.find(([label]) => label === 'scene')?.[1];
  const failed = failure.reasons.some(({ code }) => code !== 'unknown');
  return (
    <>
      <h5>{failed ? 'Failed' : 'Not known'}</h5>
      <Text text={facts.map(([label, text]) => `${label.padEnd(9)} ${text}`).join('\n')} />
      <h5>Repeat it</h5>
      <Text text={failure.repro} />
      {scene !== undefined && <p>{scene}</p>}
      {failure.evidence !== null && (
        <p>
          Evidence: <a href={failure.evidence}>{failure.evidence}</a>
        </p>
      )}
    </>
  );
}

function Text({ text }: { readonly text: string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
  return <pre tabIndex={0}>{text}</pre>;
}

function factsOf(cell: CellResult): readonly (readonly [label: string, text: string])[] {
  const { expected, observed, status, attempts, known, contrary, excluded_leak, settle_ms } = cell;
  const leak =
    status === 'passed' && excluded_leak < 1 ? [['leaks excluded', `over ${percent(excluded_leak)}`] as const] : [];
  return [
    ['expected', expected],
    ['observed', observed ?? 'nothing'],
    ['attempts', `${attempts}, ${known} known, ${contrary} contrary`],
    ...leak,
    ...(settle_ms === null ? [] : [['settled', `after ${Math.round(settle_ms)} ms`] as const]),
    ...interval('exposed', cell.exposure_ms),
    ...interval('outage', cell.outage_ms),
    ...(cell.unverified ? [['identity', 'unverified: the destination cannot say who it is'] as const] : []),
  ];
}

function interval(label: string, value: CellResult['exposure_ms']): (readonly [string, string])[] {
  if (value === null) return [];
  const { atLeastMs, atMostMs } = value;
  const least = Math.round(atLeastMs);
  return [[label, atMostMs === null ? `over ${least} ms, no end seen` : `${least} to ${Math.round(atMostMs)} ms`]];
}

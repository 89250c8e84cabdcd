import { useMemo } from 'preact/hooks';
import type uPlot from 'uplot';
import type { CellResult, SeriesRun, StepResult } from '../../../../core/result/result.ts';
import { isFlap } from '../scenario/contrary.ts';
import { colour } from './colours.ts';
import { Plot } from './plot.tsx';

/** Height of one outcome's lane, and of axis and margins, in px. */
const LANE_PX = 30;
const MARGIN_PX = 70;
/** A run of attempts is drawn at least this wide, in px of the screen. */
const LEAST_PX = 4;

const COLOURS: Readonly<Record<SeriesRun[0], string>> = {
  open: 'open',
  dropped: 'closed',
  refused: 'closed',
  misrouted: 'wrong',
  unresolved: 'other',
  inconclusive: 'unknown',
};

/** The attempts of a cell on a time axis, a lane for each outcome, with the change, the settled point and flaps. */
export function SeriesChart({ step, cell }: { readonly step: StepResult; readonly cell: CellResult }) {
  const { options, data } = useMemo(() => chartOf(step, cell), [step, cell]);
  if (cell.series.length === 0) return null;
  const label = cell.series.map(
    ([outcome, attempts, first, last]) => `${attempts} ${outcome} from ${first} to ${last} ms`,
  );
  return (
    <figure>
      <figcaption>
        Attempts by when they were sent, ms {step.changes.length > 0 ? 'after the change' : 'after the hold began'}
        <span class="quiet no-print"> (drag to look closer, double-click to see all)</span>
      </figcaption>
      <Plot options={options} data={data} label={`Attempts: ${label.join('; ')}`} />
    </figure>
  );
}

function chartOf(
  step: StepResult,
  cell: CellResult,
): { options: Omit<uPlot.Options, 'width'>; data: uPlot.AlignedData } {
  const lanes = [...new Set(cell.series.map(([outcome]) => outcome))];
  const times = cell.series.flatMap(([, , first, last]) => [first, last]);
  const from = Math.min(...times, 0);
  const to = Math.max(...times, 1);
  const room = (to - from) * 0.03;
  const axis = {
    stroke: () => colour('text'),
    grid: { stroke: () => colour('line'), width: 1 },
    ticks: { show: false },
  };
  return {
    options: {
      height: lanes.length * LANE_PX + MARGIN_PX,
      legend: { show: false },
      padding: [18, 12, 0, 0],
      cursor: { y: false, points: { show: false }, drag: { x: true, y: false } },
      scales: { x: { time: false, range: (_, min, max) => [min, max] }, y: { range: [-0.6, lanes.length - 0.4] } },
      axes: [
        { ...axis, values: (_, values) => values.map((value) => `${value}`) },
        {
          ...axis,
          size: 100,
          splits: () => lanes.map((_, index) => index),
          values: (_, values) => values.map((value) => lanes[value] ?? ''),
        },
      ],
      series: [{}, { show: true, paths: () => null, points: { show: false } }],
      hooks: {
        drawClear: [(plot) => drawChange(plot, step)],
        draw: [(plot) => drawSeries(plot, cell, lanes)],
      },
    },
    data: [
      [from - room, to + room],
      [0, 0],
    ],
  };
}

function drawSeries(plot: uPlot, cell: CellResult, lanes: readonly string[]): void {
  const { ctx } = plot;
  const least = LEAST_PX * devicePixelRatio;
  const half = (LANE_PX / 3) * devicePixelRatio;
  clipped(plot, () => {
    for (const run of cell.series) {
      const [outcome, , first, last] = run;
      const left = plot.valToPos(first, 'x', true);
      const width = Math.max(least, plot.valToPos(last, 'x', true) - left);
      const y = plot.valToPos(lanes.indexOf(outcome), 'y', true);
      ctx.fillStyle = colour(COLOURS[outcome]);
      ctx.fillRect(left, y - half, width, 2 * half);
      if (!isFlap(run, cell)) continue;
      ctx.strokeStyle = colour('failed');
      ctx.lineWidth = 2 * devicePixelRatio;
      ctx.strokeRect(left - least / 2, y - half - least / 2, width + least, 2 * half + least);
    }
    if (cell.settle_ms !== null) drawMoment(plot, cell.settle_ms, `settled ${Math.round(cell.settle_ms)} ms`, 'passed');
  });
}

/** The change as a band from its request to its answer, behind everything else. */
function drawChange(plot: uPlot, { changes, sent_at, answered_at }: StepResult): void {
  if (changes.length === 0 || sent_at === null || answered_at === null) return;
  const { ctx, bbox } = plot;
  clipped(plot, () => {
    const left = plot.valToPos(0, 'x', true);
    const right = plot.valToPos(Date.parse(answered_at) - Date.parse(sent_at), 'x', true);
    ctx.fillStyle = colour('band');
    ctx.fillRect(left, bbox.top, Math.max(right - left, devicePixelRatio), bbox.height);
  });
  drawMoment(plot, 0, 'change', 'text');
}

function drawMoment(plot: uPlot, ms: number, text: string, name: string): void {
  const { ctx, bbox } = plot;
  const x = plot.valToPos(ms, 'x', true);
  if (x < bbox.left || x > bbox.left + bbox.width) return;
  ctx.save();
  ctx.beginPath();
  ctx.strokeStyle = colour(name);
  ctx.fillStyle = colour(name);
  ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.font = `${11 * devicePixelRatio}px sans-serif`;
  ctx.textAlign = name === 'text' ? 'right' : 'left';
  ctx.fillText(text, x + (name === 'text' ? -4 : 4) * devicePixelRatio, bbox.top - 5 * devicePixelRatio);
  ctx.restore();
}

/** Draws within the chart's own area, whatever part of the time is looked at. */
function clipped({ ctx, bbox }: uPlot, draw: () => void): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height);
  ctx.clip();
  draw();
  ctx.restore();
}

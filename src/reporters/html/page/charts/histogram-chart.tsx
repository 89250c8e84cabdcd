import { useMemo } from 'preact/hooks';
import uPlot from 'uplot';
import type { Bin } from '../../../../core/result/page/histogram.ts';
import { colour } from './colours.ts';
import { Plot } from './plot.tsx';

const HEIGHT_PX = 150;

/** A distribution of times as bars, whose edges grow by a factor. */
export function HistogramChart({ title, bins }: { readonly title: string; readonly bins: readonly Bin[] }) {
  const { options, data } = useMemo(() => chartOf(bins), [bins]);
  const words = bins.filter(({ count }) => count > 0).map((bin) => `${rangeText(bin)}: ${bin.count}`);
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <Plot options={options} data={data} label={`${title}, cells by time: ${words.join('; ')}`} />
    </figure>
  );
}

function chartOf(bins: readonly Bin[]): { options: Omit<uPlot.Options, 'width'>; data: uPlot.AlignedData } {
  const edges = [...bins.map(({ fromMs }) => fromMs), bins.at(-1)?.toMs ?? 0];
  const edge = (place: number) => (place < edges.length ? edgeText(edges[place] ?? 0) : '');
  const bars = uPlot.paths.bars?.({ size: [0.9, 100], align: 1 });
  const axis = {
    stroke: () => colour('text'),
    grid: { stroke: () => colour('line'), width: 1 },
    ticks: { show: false },
  };
  return {
    options: {
      height: HEIGHT_PX,
      legend: { show: false },
      cursor: { show: false },
      scales: {
        x: { time: false, range: [0, Math.max(bins.length, 4)] },
        y: { range: (_, __, max) => [0, Math.max(max, 1)] },
      },
      axes: [
        { ...axis, size: 34, values: (_, places) => places.map(edge), incrs: [1, 2, 4, 8] },
        { ...axis, size: 40, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] },
      ],
      series: [{}, { ...(bars && { paths: bars }), fill: () => colour('bar'), points: { show: false } }],
    },
    data: [bins.map((_, index) => index), bins.map(({ count }) => count)],
  };
}

function rangeText({ fromMs, toMs }: Bin): string {
  return `${edgeText(fromMs)} to ${edgeText(toMs)}`;
}

function edgeText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

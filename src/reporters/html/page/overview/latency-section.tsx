import type { ReportOverview } from '../../../../core/result/page/overview.ts';
import type { LatencyEntry, Spread } from '../../../../core/result/result.ts';
import { HistogramChart } from '../charts/histogram-chart.tsx';

/** How long changes took: percentiles for each kind of change, and their distributions. */
export function LatencySection({ overview }: { readonly overview: ReportOverview }) {
  const { latency, histograms, run } = overview;
  const shown = histograms.filter(({ settle, exposure }) => settle.length + exposure.length > 0);
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="latency">
      <h2 id="latency">Time to enforce</h2>
      <p class="quiet">
        Over the cells that a change moved. Settled: the first attempt that was as expected. Exposed: how long a cell
        that must close stayed open.{run.simulated && ' Of a simulated run these are the simulator’s own times.'}
      </p>
      {latency.length > 0 && <LatencyTable latency={latency} />}
      <div class="charts">
        {shown.flatMap(({ change, settle, exposure }) => [
          settle.length > 0 && <HistogramChart key={`${change}-s`} title={`${change}: settled`} bins={settle} />,
          exposure.length > 0 && <HistogramChart key={`${change}-e`} title={`${change}: exposed`} bins={exposure} />,
        ])}
      </div>
    </section>
  );
}

function LatencyTable({ latency }: { readonly latency: readonly LatencyEntry[] }) {
  return (
    <div class="scroll">
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">change</th>
            <th scope="col">cells</th>
            <th scope="col">settled p50 / p95 / max</th>
            <th scope="col">exposed p50 / p95 / max</th>
          </tr>
        </thead>
        <tbody>
          {latency.map(({ change, cells, settle_ms, exposure_ms }) => (
            <tr key={change}>
              <th scope="row">{change}</th>
              <td>{cells}</td>
              <td>{spreadText(settle_ms)}</td>
              <td>{spreadText(exposure_ms)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function spreadText(spread: Spread | null): string {
  if (spread === null) return 'not measured';
  return `${[spread.p50, spread.p95, spread.max].map((ms) => Math.round(ms)).join(' / ')} ms`;
}

import type { LatencyEntry, Spread } from '../../core/result/result.ts';
import { table } from './escape.ts';

/** How long changes took, as a table; empty where nothing was timed. */
export function latencySection(latency: readonly LatencyEntry[]): string {
  const measured = latency.filter(({ cells }) => cells > 0);
  if (measured.length === 0) return '';
  const rows = measured.map(({ change, cells, settle_ms, exposure_ms }) => [
    change,
    String(cells),
    spreadText(settle_ms),
    spreadText(exposure_ms),
  ]);
  return `### Time to enforce\n\n${table(['change', 'cells', 'settled p50 / p95 / max', 'exposed p50 / p95 / max'], rows)}`;
}

function spreadText(spread: Spread | null): string {
  if (spread === null) return 'not measured';
  return `${[spread.p50, spread.p95, spread.max].map((ms) => Math.round(ms)).join(' / ')} ms`;
}

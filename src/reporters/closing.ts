import type { RunResult, ScenarioResult, Spread, Summary } from '../core/result/result.ts';
import { cardLines } from './card.ts';
import { formatElapsed } from './elapsed.ts';
import type { PrintOptions } from './matrix.ts';
import { scenarioMark } from './step-lines.ts';
import { counted } from './words.ts';
import { hung } from './wrap.ts';

/** The last lines of a run: the capability card, what did not pass, counts with reasons, times. */
export function closingLines(result: RunResult, options: PrintOptions): string[] {
  const { run, summary, scenarios } = result;
  const others = scenarios.filter(({ status }) => status !== 'passed' && status !== 'skipped');
  const card = cardLines(result, options);
  const rest = [
    ...others.map((scenario) => `${scenarioMark(scenario, options.colour)} ${scenario.id}: ${becauseOf(scenario)}`),
    `${counted(summary.scenarios, 'scenario')}: ${countsOf(summary) || 'nothing ran'}`,
    ...Object.entries(summary.skippedBy).map(([reason, times]) => `  skipped ${times}: ${reason}`),
    `${counted(summary.cells, 'cell')}, ${counted(summary.attempts, 'attempt')} in ${formatElapsed(run.duration_ms)}`,
    ...spreadLine('settled', summary.settle_ms),
    ...spreadLine('exposure', summary.exposure_ms),
    ...(run.simulated ? ['simulated: this says nothing about a real cluster'] : []),
    ...(run.interrupted ? ['interrupted: the rest did not run'] : []),
  ];
  return [...card, ...(card.length > 0 ? [''] : []), ...rest.flatMap((line) => hung(line, options.width))];
}

function becauseOf({ status, reason, known, steps }: ScenarioResult): string {
  if (known !== undefined) return `known to fail: ${known.why} (${known.finding})`;
  if (reason !== null) return reason;
  const names = steps.filter((step) => step.status === status).map(({ name }) => `"${name}"`);
  return names.length === 0 ? status : `${status} at ${names.join(', ')}`;
}

function countsOf(summary: Summary): string {
  return (['passed', 'failed', 'known', 'flaky', 'inconclusive', 'skipped'] as const)
    .filter((status) => summary[status] > 0)
    .map((status) => `${summary[status]} ${status === 'known' ? 'known to fail' : status}`)
    .join(', ');
}

function spreadLine(what: string, spread: Spread | null): string[] {
  if (!spread) return [];
  const { p50, p95, max } = spread;
  return [`${what}: p50 ${Math.round(p50)} ms, p95 ${Math.round(p95)} ms, max ${Math.round(max)} ms`];
}

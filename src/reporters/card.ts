import { NO_SCENARIO } from '../core/result/card/build-card.ts';
import type { CardEntry, LatencyEntry, RunResult, Spread } from '../core/result/result.ts';
import { documentedGaps } from './documented-gaps.ts';
import type { PrintOptions } from './matrix.ts';
import { paint } from './symbols.ts';
import { hung, wrapped } from './wrap.ts';

/** Columns that a list gets on however small a terminal. */
const MIN_WIDTH = 24;
/** Scenarios that are named of a violated property. */
const SHOWN_SCENARIOS = 4;
const LABEL_WIDTH = '- not tested  '.length;

/**
 * The capability card for a terminal: what the plugin enforces, what it violates and where, what was not tested and
 * why, and how long each kind of change took. Nothing of a simulated run, or of one whose scenarios are about none of it.
 */
export function cardLines(result: Pick<RunResult, 'run' | 'card' | 'latency'>, options: PrintOptions): string[] {
  const { run, card, latency } = result;
  if (card.every(({ reason }) => reason === NO_SCENARIO)) return [];
  const name = [run.cni.name, run.cni.version].filter(Boolean).join(' ');
  return [
    ...hung(paint('bold', `capability card of ${name}`, options.colour), options.width),
    ...violatedLines(card, options),
    ...documentedGaps(card).flatMap((gap) => labelled('dim', '  documented', [gap], options)),
    ...enforcedLines(card, options),
    ...untestedLines(card, options),
    ...latencyLines(latency, options),
  ];
}

function violatedLines(card: readonly CardEntry[], options: PrintOptions): string[] {
  return card
    .filter(({ state }) => state === 'violated')
    .flatMap(({ title, violated, documented }) => {
      const [first = '', ...rest] = violated.slice(0, SHOWN_SCENARIOS);
      const hidden = violated.length - SHOWN_SCENARIOS;
      if (hidden > 0) rest.push(`and ${hidden} more`);
      const gap = documented === undefined ? [] : ['a documented gap'];
      return labelled('red', '✗ violated', [`${title}: ${first}`, ...rest, ...gap], options);
    });
}

function enforcedLines(card: readonly CardEntry[], options: PrintOptions): string[] {
  const titles = card.filter(({ state }) => state === 'enforced').map(({ title }) => title);
  return titles.length === 0 ? [] : labelled('green', '✓ enforced', titles, options);
}

function untestedLines(card: readonly CardEntry[], options: PrintOptions): string[] {
  const untested = card.filter(({ state }) => state === 'not-tested');
  const byReason = Map.groupBy(untested, ({ reason }) => reason ?? '');
  return [...byReason].flatMap(([reason, entries]) => {
    const titles = entries.map(({ title }) => title);
    const words =
      reason === NO_SCENARIO
        ? [`${entries.length} more properties: ${reason}`]
        : [...titles.slice(0, -1), `${titles.at(-1)} (${reason})`];
    return labelled('dim', '- not tested', words, options);
  });
}

function labelled(
  style: Parameters<typeof paint>[0],
  label: string,
  words: readonly string[],
  { width, colour }: PrintOptions,
): string[] {
  const indent = ' '.repeat(LABEL_WIDTH + 2);
  const room = Math.max(width - indent.length, MIN_WIDTH);
  const [first = '', ...rest] = wrapped(words, room, '').flatMap((line) => hung(line, room));
  const head = paint(style, label.padEnd(LABEL_WIDTH), colour);
  return [`  ${head}${first}`, ...rest.map((line) => indent + line)];
}

/** The times as a table, or where that is too wide in sentences. */
function latencyLines(latency: readonly LatencyEntry[], { width }: PrintOptions): string[] {
  const measured = latency.filter(({ cells }) => cells > 0);
  if (measured.length === 0) return [];
  const rows = measured.map(({ change, settle_ms, exposure_ms }) => [change, cell(settle_ms), cell(exposure_ms)]);
  const table = [['change', 'settled p50/p95/max', 'exposed p50/p95/max'], ...rows];
  const lines = table.map((row) => `  ${row.map((text) => text.padEnd(24)).join('')}`.trimEnd());
  if (lines.every((line) => line.length <= width)) return lines;
  const sentences = rows.map(([change, settled, exposed]) => `  ${change}: settled ${settled}, exposed ${exposed}`);
  return ['  p50/p95/max of each change', ...sentences].flatMap((line) => hung(line, width));
}

function cell(spread: Spread | null): string {
  if (spread === null) return '-';
  return `${[spread.p50, spread.p95, spread.max].map((ms) => Math.round(ms)).join(' / ')} ms`;
}

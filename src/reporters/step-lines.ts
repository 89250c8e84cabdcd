import type { CellResult, ScenarioResult, StepResult } from '../core/result/result.ts';
import { connectionLines } from './connection-lines.ts';
import { failureLines } from './failure.ts';
import { formatMatrix, type PrintOptions } from './matrix.ts';
import { sideBySide } from './side-by-side.ts';
import { paint } from './symbols.ts';
import { counted, percent } from './words.ts';
import { hung, wrapped } from './wrap.ts';

/** The mark of each status; it says as much without its colour. */
const MARKS = { passed: '✓', failed: '✗', flaky: '~', inconclusive: '?', skipped: '-' } as const;

/** The mark of a scenario that failed and is known to. */
const KNOWN_MARK = '!';

const COLOURS = { passed: 'green', failed: 'red', flaky: 'red', inconclusive: 'yellow', skipped: 'dim' } as const;

/** Between the figures of a line. */
const GAP = '   ';

/** Failures of one step that are printed in full; the result has all of them. */
const SHOWN_FAILURES = 8;

/** The mark of a status, coloured where colours are wanted. */
function markOf(status: ScenarioResult['status'], colour: boolean): string {
  return paint(COLOURS[status], MARKS[status], colour);
}

/** The mark of a scenario: of one that failed and is known to, that of its own. */
export function scenarioMark({ status, known }: ScenarioResult, colour: boolean): string {
  return known === undefined ? markOf(status, colour) : paint('yellow', KNOWN_MARK, colour);
}

/** A finished step: its line with figures, its matrix, and each cell that failed or is not known. */
export function stepLines(step: StepResult, options: PrintOptions): string[] {
  const { name, status, reason, cells, failures } = step;
  const inner = options.width - 2;
  const figures = figuresOf(step);
  const whole = figures.join(GAP);
  const fits = name.length + 2 + GAP.length + whole.length <= options.width;
  const title = `${markOf(status, options.colour)} ${name}`;
  const matrix = cells.length === 0 ? [] : matrixLines(step, { ...options, width: inner });
  const shown = failures.slice(0, SHOWN_FAILURES).flatMap((failure) => {
    const [cell = '', ...facts] = failureLines(failure, step, inner);
    const failed = failure.reasons.some(({ code }) => code !== 'unknown');
    return [...hung(`${markOf(failed ? 'failed' : 'inconclusive', options.colour)} ${cell}`, inner), ...facts];
  });
  const hidden = failures.length - SHOWN_FAILURES;
  return [
    ...(fits ? [[title, whole].filter(Boolean).join(GAP)] : hung(title, options.width)),
    ...(fits ? [] : wrapped(figures, inner, '', GAP).flatMap((line) => hung(indent(line), options.width))),
    ...(reason === null ? [] : hung(indent(reason), options.width)),
    ...matrix.map(indent),
    ...connectionLines(step).flatMap((line) => hung(indent(line), options.width)),
    ...shown.map(indent),
    ...(hidden > 0
      ? hung(indent(`and ${counted(hidden, 'more cell')}, in the result (--json FILE, --html FILE)`), options.width)
      : []),
  ];
}

/** The matrix of a step; where it failed, what was expected beside what was observed, or above it. */
function matrixLines({ status, cells }: StepResult, options: PrintOptions): string[] {
  const observed = { cells: cells.map((cell) => ({ cell, ...cell })) };
  if (status !== 'failed') return formatMatrix(observed, options).split('\n');
  const expected = { cells: cells.map((cell) => ({ cell, expected: cell.expected })) };
  return sideBySide(
    formatMatrix({ title: 'expected', ...expected }, options).split('\n'),
    formatMatrix({ title: 'observed', ...observed }, options).split('\n'),
    options.width,
  );
}

/** What a step measured, in words. */
function figuresOf({ cells, settle_ms, failures }: StepResult): string[] {
  if (cells.length === 0) return [];
  const wrong = failures.length === 0 ? '' : `, ${failures.length} of them not as expected or not known`;
  const excluded = cells
    .filter((cell) => cell.settle_ms !== null && cell.method === 'agent' && cell.status === 'passed')
    .map((cell) => cell.excluded_leak);
  return [
    `${counted(cells.length, 'cell')}${wrong}`,
    ...(settle_ms === null ? [] : [`settled in ${Math.round(settle_ms)} ms`]),
    ...lengthOf(
      'exposure',
      cells.map((cell) => cell.exposure_ms),
    ),
    ...lengthOf(
      'outage',
      cells.map((cell) => cell.outage_ms),
    ),
    ...(excluded.length === 0 ? [] : [`leaks over ${percent(Math.max(...excluded))} excluded`]),
  ];
}

/** The longest of several intervals: `exposure 300 to 325 ms`; `exposure over 7975 ms` when it was not seen to end. */
function lengthOf(what: string, intervals: readonly CellResult['exposure_ms'][]): string[] {
  const known = intervals.filter((interval) => interval !== null);
  const end = ({ atMostMs }: (typeof known)[number]) => atMostMs ?? Number.POSITIVE_INFINITY;
  const longest = known.toSorted((a, b) => end(b) - end(a) || b.atLeastMs - a.atLeastMs)[0];
  if (!longest) return [];
  const { atLeastMs, atMostMs } = longest;
  if (atMostMs === null) return [`${what} over ${Math.round(atLeastMs)} ms`];
  return [`${what} ${Math.round(atLeastMs)} to ${Math.round(atMostMs)} ms`];
}

function indent(line: string): string {
  return `  ${line}`;
}

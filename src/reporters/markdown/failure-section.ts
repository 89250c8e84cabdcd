import type { ScenarioResult, StepResult } from '../../core/result/result.ts';
import { failureLines } from '../failure.ts';
import { formatMatrix } from '../matrix.ts';
import { counted } from '../words.ts';
import { codeBlock, inline } from './escape.ts';

/** What a summary shows of each: GitHub takes 1 MiB a step, and nobody reads more. */
const SHOWN = { scenarios: 25, cells: 4 } as const;
/** Columns of a matrix in a block of code. */
const WIDTH = 110;

/** Every scenario that did not pass, its failed steps with matrix and facts behind a fold; empty where all passed. */
export function failureSection(scenarios: readonly ScenarioResult[]): string {
  const failed = scenarios.filter(({ status }) => status !== 'passed' && status !== 'skipped');
  if (failed.length === 0) return '';
  const hidden = failed.length - SHOWN.scenarios;
  return [
    '### Not as expected, or not known',
    ...failed.slice(0, SHOWN.scenarios).map(scenarioBlock),
    ...(hidden > 0 ? [`… and ${counted(hidden, 'more scenario')} in the result.`] : []),
  ].join('\n\n');
}

function scenarioBlock({ id, title, status, reason, known, steps }: ScenarioResult): string {
  const why = known === undefined ? reason : `known: ${known.why} (${known.finding})`;
  const because = why === null ? '' : `: ${inline(why)}`;
  return [
    `<details><summary><b>${inline(id)}</b> ${status}${because}</summary>`,
    inline(title),
    ...steps.filter((step) => step.status === 'failed' || step.status === 'inconclusive').map(stepBlock),
    '</details>',
  ].join('\n\n');
}

function stepBlock({ name, status, reason, cells, failures }: StepResult): string {
  const hidden = failures.length - SHOWN.cells;
  const matrix = formatMatrix({ cells: cells.map((cell) => ({ cell, ...cell })) }, { width: WIDTH, colour: false });
  const facts = failures.slice(0, SHOWN.cells).map((failure) => failureLines(failure, cells).join('\n'));
  return [
    `**${inline(name)}** ${status}${reason === null ? '' : `: ${inline(reason)}`}`,
    ...(cells.length > 0 ? [codeBlock([matrix, ...facts].join('\n\n'))] : []),
    ...(hidden > 0 ? [`… and ${counted(hidden, 'more cell')} in the result.`] : []),
  ].join('\n\n');
}

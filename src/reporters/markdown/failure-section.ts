import type { ScenarioResult, StepResult } from '../../core/result/result.ts';
import { failureLines } from '../failure.ts';
import { momentOf } from '../failure-words.ts';
import { formatMatrix } from '../matrix.ts';
import { counted } from '../words.ts';
import { codeBlock, inline } from './escape.ts';

/** What a summary shows of each: nobody reads more. */
const SHOWN = { scenarios: 25, cells: 4 } as const;
/** Bytes of the section: GitHub takes 1 MiB a step, and drops all of a summary that has more. */
const MOST_BYTES = 600_000;
/** Columns of a matrix in a block of code. */
const WIDTH = 110;

/** Every scenario that did not pass, its failed steps with matrix and facts behind a fold; empty where all passed. */
export function failureSection(scenarios: readonly ScenarioResult[]): string {
  const failed = scenarios.filter(({ status }) => status !== 'passed' && status !== 'skipped');
  if (failed.length === 0) return '';
  const hidden = failed.length - SHOWN.scenarios;
  return [
    '### Not as expected, or not known',
    ...withinBudget(failed.slice(0, SHOWN.scenarios)),
    ...(hidden > 0 ? [`… and ${counted(hidden, 'more scenario')} in the result.`] : []),
  ].join('\n\n');
}

/** A block for each scenario; once the budget is used up without their steps. */
function withinBudget(scenarios: readonly ScenarioResult[]): readonly string[] {
  let left = MOST_BYTES;
  return scenarios.map((scenario) => {
    const whole = scenarioBlock(scenario, failedSteps(scenario).map(stepBlock));
    const block =
      Buffer.byteLength(whole) <= left ? whole : scenarioBlock(scenario, ['Too long for a summary: see the result.']);
    left -= Buffer.byteLength(block);
    return block;
  });
}

function scenarioBlock(scenario: ScenarioResult, body: readonly string[]): string {
  const { id, title, status, reason, known } = scenario;
  const why = known === undefined ? reason : `known: ${known.why} (${known.finding})`;
  const because = why ?? firstFailure(failedSteps(scenario));
  const words = because === undefined ? '' : `: ${inline(because)}`;
  return [
    `<details><summary><b>${inline(id)}</b> ${status}${words}</summary>`,
    inline(title),
    ...body,
    '</details>',
  ].join('\n\n');
}

function failedSteps({ steps }: ScenarioResult): readonly StepResult[] {
  return steps.filter(({ status }) => status === 'failed' || status === 'inconclusive');
}

/** The first cell that failed, with its step, what it came to and when. */
function firstFailure(steps: readonly StepResult[]): string | undefined {
  const found = steps.flatMap((step) => step.failures.map((failure) => ({ step, failure })));
  const [first] = found.filter(({ failure }) => failure.at_ms !== null);
  if (first === undefined) return steps[0]?.name;
  const { step, failure } = first;
  const came = `${failure.observed ?? 'not known'} instead of ${failure.expected}`;
  const more = found.length > 1 ? `, and ${counted(found.length - 1, 'more cell')}` : '';
  return `${step.name}: ${failure.cell} ${came}, ${momentOf(failure.at_ms ?? 0, step)}${more}`;
}

function stepBlock(step: StepResult): string {
  const { name, status, reason, cells, failures } = step;
  const hidden = failures.length - SHOWN.cells;
  const matrix = formatMatrix({ cells: cells.map((cell) => ({ cell, ...cell })) }, { width: WIDTH, colour: false });
  const facts = failures.slice(0, SHOWN.cells).map((failure) => failureLines(failure, step).join('\n'));
  return [
    `**${inline(name)}** ${status}${reason === null ? '' : `: ${inline(reason)}`}`,
    ...(cells.length > 0 ? [codeBlock([matrix, ...facts].join('\n\n'))] : []),
    ...(hidden > 0 ? [`… and ${counted(hidden, 'more cell')} in the result.`] : []),
  ].join('\n\n');
}

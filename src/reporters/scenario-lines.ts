import type { RunResult, ScenarioResult } from '../core/result/result.ts';
import { formatElapsed } from './elapsed.ts';
import type { PrintOptions } from './matrix.ts';
import { scenarioMark, stepLines } from './step-lines.ts';
import { paint } from './symbols.ts';
import { hung } from './wrap.ts';

/** How a scenario ended, in one line below its steps. */
export function scenarioEnd(result: ScenarioResult, colour: boolean): string {
  const { status, reason, known, duration_ms } = result;
  const because = known !== undefined ? `, as is known: ${known.why}` : reason === null ? '' : `: ${reason}`;
  return `  ${scenarioMark(result, colour)} ${status} in ${formatElapsed(duration_ms)}${because}`;
}

/** The scenarios of a stored result that did not pass, each with its steps that did not, as a run prints them. */
export function failedScenarioLines({ scenarios }: RunResult, { width, colour }: PrintOptions): string[] {
  return scenarios
    .filter(({ status }) => status !== 'passed' && status !== 'skipped')
    .flatMap((scenario) => [
      ...hung(`${paint('bold', scenario.id, colour)}: ${scenario.title}`, width),
      ...scenario.steps
        .filter(({ status }) => status !== 'passed' && status !== 'skipped')
        .flatMap((step) => stepLines(step, { width: width - 2, colour }))
        .map((line) => `  ${line}`),
      ...hung(scenarioEnd(scenario, colour), width),
      '',
    ]);
}

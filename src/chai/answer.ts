import { AssertionError } from 'chai';
import { ScenarioError } from '../core/diagnostics/errors.ts';
import type { ScenarioResult } from '../core/result/result.ts';
import { formatError } from '../reporters/error.ts';
import { stepLines } from '../reporters/step-lines.ts';
import { type LabDefinition, type LabRunner, labScenario, type Question } from './lab.ts';

/** Columns of a message: mocha indents it, and CI logs have no width of their own. */
const WIDTH = 118;

/**
 * Asks the cluster, and resolves when everything was as expected. Rejects with chai's `AssertionError`, its message as the
 * terminal prints a step: also where the policies themselves say otherwise, and where it could not be found out.
 */
export async function answer(
  definition: LabDefinition,
  question: Question,
  runner: () => Promise<LabRunner>,
): Promise<void> {
  const scenario = scenarioOf(definition, question);
  const result = await (await runner()).runScenario(scenario, () => {});
  if (result.status === 'passed') return;
  throw new AssertionError(`expected ${question.title}\n${textOf(result)}`);
}

function scenarioOf(definition: LabDefinition, question: Question) {
  try {
    return labScenario(definition, question);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new AssertionError(`expected ${question.title}\n${formatError(error)}`);
  }
}

function textOf({ status, reason, steps }: ScenarioResult): string {
  const failed = steps.filter((step) => step.status !== 'passed');
  const lines = failed.flatMap((step) => stepLines(step, { width: WIDTH, colour: false }));
  const words = reason === null ? [status] : [`${status}: ${reason}`];
  return [...words, ...lines].join('\n');
}

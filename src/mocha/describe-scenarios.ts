import { expect } from 'chai';
import type { ScenarioResult, StepResult } from '../core/result/result.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import { CLOSING_STEP, deletionsOf } from '../engine/open-steps.ts';
import type { RunEvent, RunEvents } from '../ports/run-events.ts';

/** What the suite needs of a run under way: runs one scenario, tells its events, resolves with its result. */
export interface ScenarioRunner {
  runScenario(scenario: Scenario, events: RunEvents): Promise<ScenarioResult>;
}

/** Text of a step for people: its matrix and its failures. */
export type FormatStep = (scenario: Scenario, step: StepResult) => string;

/**
 * Declares a `describe` for each scenario and an `it` for each of its steps. `runner` is asked for when the first
 * `describe` begins, so that a hook may make it. `print` gets each step's text inside its `it`; a step that did not
 * pass fails with that text.
 */
export function describeScenarios(
  scenarios: readonly Scenario[],
  runner: () => ScenarioRunner,
  format: FormatStep,
  print: (text: string) => void,
): void {
  for (const scenario of scenarios) {
    describe(`${scenario.id}: ${scenario.title}`, () => {
      const steps = new Map(stepNames(scenario).map((name) => [name, Promise.withResolvers<StepResult>()]));
      let result: Promise<ScenarioResult> | undefined;

      before(() => {
        result = runner().runScenario(scenario, (event) => settleStep(event, steps));
        // Its steps' promises carry the failure; without this it would also be reported as unhandled.
        result.then(
          (ended) =>
            rejectUnfinished(steps, new Error(ended.reason ?? `the scenario ended ${ended.status} before this step`)),
          (error) => rejectUnfinished(steps, error),
        );
      });

      for (const [name, finished] of steps) {
        it(name, async () => {
          const step = await finished.promise;
          const text = format(scenario, step);
          print(text);
          expect(step.status, `\n${text}`).to.equal('passed');
        });
      }

      it('passes as a whole', async () => {
        const ended = await result;
        expect(ended?.status, ended?.reason ?? '').to.equal('passed');
      });
    });
  }
}

type PendingSteps = ReadonlyMap<string, PromiseWithResolvers<StepResult>>;

function stepNames(scenario: Scenario): readonly string[] {
  const names = scenario.steps.map(({ name }) => name);
  return deletionsOf(scenario.steps.flatMap(({ changes }) => changes)).length > 0 ? [...names, CLOSING_STEP] : names;
}

function settleStep(event: RunEvent, steps: PendingSteps): void {
  if (event.kind === 'step-finished') steps.get(event.result.name)?.resolve(event.result);
}

function rejectUnfinished(steps: PendingSteps, error: unknown): void {
  for (const { promise, reject } of steps.values()) {
    promise.catch(() => {});
    reject(error);
  }
}

import { isChurn } from '../core/scenario/churn.ts';
import { type PlanOptions, plan } from '../core/scenario/plan.ts';
import type { PlannedStep } from '../core/scenario/planned-step.ts';
import type { Scenario } from '../core/scenario/scenario.ts';

/** Plans the steps of a scenario that runs. */
export interface StepPlanner {
  /** A step without changes before the first one. */
  baseline(): PlannedStep;
  /** The step at an index, by what is known now. Throws `ScenarioError` where scenario and policies do not agree. */
  step(index: number): PlannedStep;
}

/**
 * Plans what can be planned before a pod is created, all at once; throws `ScenarioError` for mistakes in it, before
 * anything is applied. The rest is planned when its turn comes: until then its addresses are not known.
 */
export function stepPlanner(scenario: Scenario, options: PlanOptions): StepPlanner {
  const firstCreating = scenario.steps.findIndex(({ changes }) => changes.some(isChurn));
  const known = firstCreating < 0 ? scenario.steps.length : firstCreating;
  const early = plan(scenario, { ...options, to: known });
  const only = (step: PlannedStep | undefined): PlannedStep => {
    if (step === undefined) throw new RangeError('there is no such step');
    return step;
  };
  return {
    baseline: () => {
      const nothing = { name: '', changes: [], expect: undefined, budgetMs: undefined, holdMs: undefined };
      return early[0] ?? only(plan({ ...scenario, steps: [{ ...nothing, flapsAllowed: false }] }, options)[0]);
    },
    step: (index) => early[index] ?? only(plan(scenario, { ...options, from: index, to: index + 1 })[0]),
  };
}

import { fullName, splitName } from '../core/model/pod-name.ts';
import type { PlannedCell, PlannedStep } from '../core/scenario/planned-step.ts';
import type { Population } from '../core/scenario/population.ts';
import type { Change, Scenario } from '../core/scenario/scenario.ts';

/** Name of the step that must be open before any policy exists. */
const BASELINE_STEP = 'baseline without policies';
/** Name of the step that deletes every policy still in force. */
export const CLOSING_STEP = 'all policies deleted';

/** How long new pods and Services may take until every cell is open, in ms. */
const BASELINE_BUDGET_MS = 15_000;
/** How long the baseline is watched once it is open, in ms. */
const BASELINE_HOLD_MS = 500;
/** Default of a step's budget and hold, in ms (design: "Judging"). */
const BUDGET_MS = 5_000;
const HOLD_MS = 1_000;

/** Before the first step, without a policy: every cell must become open. `cells` are those of the first step. */
export function baselineStep(cells: readonly PlannedCell[]): PlannedStep {
  return {
    name: BASELINE_STEP,
    changes: [],
    cells: cells.map(({ cell, expected }) => ({
      cell,
      before: expected === 'reported' ? 'reported' : 'closed',
      expected: expected === 'reported' ? 'reported' : 'open',
      touched: true,
      sparse: true,
      explanation: 'no policy exists, so every pod accepts and sends everything',
    })),
    budgetMs: BASELINE_BUDGET_MS,
    holdMs: BASELINE_HOLD_MS,
    flapsAllowed: true,
    awaited: true,
  };
}

/**
 * After the last step: deletes every policy still in force, and every cell must be open again. Between the deletions of
 * several a cell may close that was open: the policy that opened it can go before another that isolates its pods.
 */
export function closingStep(last: PlannedStep, changes: readonly Change[], { pods }: Population): PlannedStep {
  // A pod that lingers may be gone by now.
  const ending = pods.filter(({ terminating }) => terminating).map(fullName);
  const agents = last.cells.filter(
    ({ cell }) => cell.method === 'agent' && !ending.includes(cell.from) && !ending.includes(cell.to),
  );
  return {
    name: CLOSING_STEP,
    changes,
    cells: agents.map(({ cell, expected, touched }) => ({
      cell,
      before: expected,
      expected: expected === 'reported' ? 'reported' : 'open',
      touched: expected !== 'open' || (touched && changes.length > 1),
      explanation: 'the last policy was deleted, so every pod accepts and sends everything',
    })),
    budgetMs: BUDGET_MS,
    holdMs: HOLD_MS,
    flapsAllowed: changes.length > 1,
    closing: true,
  };
}

/** Whether a scenario ends with the step that deletes what is left: its own steps leave a policy in force. */
export function endsByClosing({ steps }: Scenario): boolean {
  return deletionsOf(steps.flatMap(({ changes }) => changes)).length > 0;
}

/** Deletions of the policies that are in force after these changes, in the order in which they were applied. */
export function deletionsOf(changes: readonly Change[]): readonly Change[] {
  const inForce = new Map<string, Change>();
  for (const change of changes) {
    if (change.kind === 'delete') inForce.delete(fullName(change.policy));
    if (change.kind === 'remove-namespace') {
      for (const name of inForce.keys()) if (splitName(name).namespace === change.namespace) inForce.delete(name);
    }
    if (change.kind !== 'apply') continue;
    const { namespace, name } = change.manifest;
    inForce.set(fullName(change.manifest), { kind: 'delete', policy: { namespace, name } });
  }
  return [...inForce.values()];
}

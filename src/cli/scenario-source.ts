import { loadScenarios } from '../adapters/files/load-scenarios.ts';
import { UsageError } from '../core/diagnostics/errors.ts';
import { positionsIn } from '../core/scenario/manifests.ts';
import type { Scenario, Step } from '../core/scenario/scenario.ts';
import { initialState, stateAfter } from '../core/scenario/state.ts';
import { syntheticAddresses } from '../core/scenario/synthetic-addresses.ts';
import type { OracleSource } from './oracle-input.ts';

/**
 * The state of a scenario's cluster after a step (by name or number from 1; default the last), with made-up addresses.
 * Throws `UsageError` for a step that it has not, and what `loadScenarios` throws.
 */
export function scenarioSource(file: string, stepName: string | undefined): OracleSource {
  const [scenario] = loadScenarios([file]);
  if (scenario === undefined) throw new UsageError({ code: 'scenario-empty', message: `${file} holds no scenario` });
  const addresses = syntheticAddresses(scenario, ['IPv4']);
  const state = stepsUpTo(scenario, stepName)
    .flatMap(({ changes }) => changes)
    .reduce((before, change) => stateAfter(before, change, addresses), initialState(scenario, addresses));
  return { state, positions: positionsIn(scenario), notes: scenario.notes };
}

function stepsUpTo({ steps, file }: Scenario, name: string | undefined): readonly Step[] {
  if (name === undefined) return steps;
  const index = steps.findIndex((step, i) => step.name === name || String(i + 1) === name);
  if (index >= 0) return steps.slice(0, index + 1);
  const hint = `its steps are: ${steps.map((step) => step.name).join(', ')}`;
  throw new UsageError({ code: 'step-unknown', message: `${file} has no step "${name}"`, hint });
}

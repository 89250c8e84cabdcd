import type { InputFile } from '../adapters/files/input-files.ts';
import { readText, SCENARIO_FOLDER, scenarioId } from '../adapters/files/yaml-files.ts';
import { ScenarioError, UsageError } from '../core/diagnostics/errors.ts';
import { positionsIn } from '../core/scenario/manifests.ts';
import type { Scenario, Step } from '../core/scenario/scenario.ts';
import { initialState, stateAfter } from '../core/scenario/state.ts';
import { syntheticAddresses } from '../core/scenario/synthetic-addresses.ts';
import { readScenarios } from '../formats/scenario.ts';
import type { OracleSource } from './oracle-input.ts';

/**
 * The state of a scenario's cluster after a step (by name or number from 1; default the last), with made-up addresses.
 * Throws `UsageError` for a step that it has not, `ScenarioError` with every mistake in the file.
 */
export function scenarioSource({ path, text }: InputFile, stepName: string | undefined): OracleSource {
  const id = scenarioId(path, SCENARIO_FOLDER);
  const { scenarios, problems } = readScenarios({ text, file: path, id, readText });
  if (problems.length > 0) throw new ScenarioError(problems);
  const [scenario] = scenarios;
  if (scenario === undefined) throw new UsageError({ code: 'scenario-empty', message: `${path} holds no scenario` });
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

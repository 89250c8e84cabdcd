import type { Problem } from '../diagnostics/errors.ts';
import { formatPath } from '../diagnostics/json-path.ts';
import { fullName } from '../model/pod-name.ts';
import type { Positions } from '../oracle/explain.ts';
import { type Addresses, fillPlaceholders, placeholdersIn } from './placeholders.ts';
import { unfilledProblem } from './render-manifest.ts';
import type { Scenario, ScenarioManifest } from './scenario.ts';

/** Where the parts of the scenario's policies stand; of one that is applied twice, where it is applied last. */
export function positionsIn(scenario: Scenario): Positions {
  const byName = new Map(manifestsOf(scenario).map((manifest) => [fullName(manifest), manifest]));
  return ({ metadata }, path) => byName.get(fullName(metadata))?.positions?.get(formatPath(path));
}

/** Policies whose placeholders stand for nothing that is known: the oracle cannot speak of them. */
export function unfilledIn(scenario: Scenario, addresses: Addresses): readonly Problem[] {
  return manifestsOf(scenario).flatMap((manifest) => {
    const left = placeholdersIn(fillPlaceholders(JSON.stringify(manifest.tree), addresses));
    return left.length === 0 ? [] : [unfilledProblem(manifest, [...new Set(left.map(({ text }) => text))])];
  });
}

/** The files that a scenario was read from: its own, and those of the manifests that it applies. */
export function filesOf(scenario: Scenario): readonly string[] {
  return [...new Set([scenario.file, ...manifestsOf(scenario).map(({ position }) => position.file)])];
}

function manifestsOf({ steps }: Scenario): readonly ScenarioManifest[] {
  const changes = steps.flatMap((step) => step.changes);
  return changes.flatMap((change) => (change.kind === 'apply' ? [change.manifest] : []));
}

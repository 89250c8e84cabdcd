import { type Problem, ScenarioError, UsageError } from '../../core/diagnostics/errors.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import { readScenario } from '../../formats/scenario.ts';
import { didYouMean } from '../../formats/suggestion.ts';
import {
  findYamlFiles,
  readText,
  SCENARIO_FOLDER,
  scenarioId,
  scenariosBelow,
  type YamlFile,
  yamlFilesBelow,
} from './yaml-files.ts';

/** Which scenarios are loaded. */
export interface LoadOptions {
  /** Folder of scenarios: what ids are below, and what is loaded where nothing is named. Default: netproof's own. */
  readonly root?: string;
  /** Only scenarios that have one of these tags. */
  readonly tags?: readonly string[];
}

/**
 * Loads scenarios by file, folder, glob or id (its last part is enough), each once; without names all of `root`. Ordered as named, then by path.
 * Throws `ScenarioError` with every mistake of every file, `UsageError` where a name or the tags stand for no scenario.
 */
export function loadScenarios(names: readonly string[], options: LoadOptions = {}): readonly Scenario[] {
  const root = options.root ?? SCENARIO_FOLDER;
  const files = names.length === 0 ? yamlFilesBelow(root) : names.flatMap((name) => filesNamed(name, root));
  const byPath = new Map(files.filter(({ isManifest }) => !isManifest).map((file) => [file.path, file]));
  const readings = [...byPath.values()].map(({ path, text }) =>
    readScenario({ text, file: path, id: scenarioId(path, root), readText }),
  );
  const problems: readonly Problem[] = readings.flatMap((reading) => reading.problems);
  if (problems.length > 0) throw new ScenarioError(problems);
  const scenarios = readings.map(({ scenario }) => scenario).filter((scenario) => scenario !== undefined);
  return withTags(scenarios, options.tags ?? []);
}

function filesNamed(name: string, root: string): readonly YamlFile[] {
  const files = findYamlFiles(name, root);
  const [manifest] = files.filter(({ isManifest, named }) => isManifest && named);
  if (manifest !== undefined) {
    const message = `${manifest.path} is a Kubernetes manifest, not a scenario`;
    throw new UsageError({ code: 'scenario-is-manifest', message, hint: 'name a scenario that applies it' });
  }
  if (files.some(({ isManifest }) => !isManifest)) return files;
  throw unknownScenario(name, root);
}

function unknownScenario(name: string, root: string): UsageError {
  const ids = scenariosBelow(root).map(({ path }) => scenarioId(path, root));
  const known = [...ids, ...ids.map((id) => id.slice(id.lastIndexOf('/') + 1))];
  const { hint = 'run "netproof list" to see the scenarios' } = didYouMean(name, known);
  const message = `there is no scenario "${name}": no such file, folder or id`;
  return new UsageError({ code: 'scenario-unknown', message, hint });
}

function withTags(scenarios: readonly Scenario[], tags: readonly string[]): readonly Scenario[] {
  const chosen = scenarios.filter((scenario) => tags.length === 0 || tags.some((tag) => scenario.tags.includes(tag)));
  if (chosen.length > 0 || tags.length === 0) return chosen;
  const known = [...new Set(scenarios.flatMap((scenario) => scenario.tags))].sort();
  const message = `no scenario has the tag ${tags.join(' or ')}`;
  throw new UsageError({ code: 'tag-unknown', message, hint: `tags are: ${known.join(', ') || 'none'}` });
}

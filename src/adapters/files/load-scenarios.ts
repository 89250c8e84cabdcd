import { ScenarioError, UsageError } from '../../core/diagnostics/errors.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import { readScenarios, type ScenarioReading } from '../../formats/scenario.ts';
import { didYouMean } from '../../formats/suggestion.ts';
import { casesNamed, idsBelow } from './case-files.ts';
import { findYamlFiles, readText, SCENARIO_FOLDER, scenarioId, scenariosBelow, type YamlFile } from './yaml-files.ts';

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
  const read = readOnce(root);
  const readings =
    names.length === 0 ? scenariosBelow(root).map(read) : names.flatMap((name) => readingsOf(name, root, read));
  const problems = new Set(readings.flatMap((reading) => reading.problems));
  if (problems.size > 0) throw new ScenarioError([...problems]);
  const byId = new Map(readings.flatMap(({ scenarios }) => scenarios.map((scenario) => [scenario.id, scenario])));
  return withTags([...byId.values()], options.tags ?? []);
}

type Read = (file: YamlFile) => ScenarioReading;

function readOnce(root: string): Read {
  const readings = new Map<string, ScenarioReading>();
  return ({ path, text }) => {
    const known = readings.get(path) ?? readScenarios({ text, file: path, id: scenarioId(path, root), readText });
    readings.set(path, known);
    return known;
  };
}

function readingsOf(name: string, root: string, read: Read): readonly ScenarioReading[] {
  const files = findYamlFiles(name, root);
  const [manifest] = files.filter(({ isManifest, named }) => isManifest && named);
  if (manifest !== undefined) {
    const message = `${manifest.path} is a Kubernetes manifest, not a scenario`;
    throw new UsageError({ code: 'scenario-is-manifest', message, hint: 'name a scenario that applies it' });
  }
  const scenarios = files.filter(({ isManifest }) => !isManifest);
  if (scenarios.length > 0) return scenarios.map(read);
  const { files: withCases, isMeant } = casesNamed(name, root);
  const readings = withCases.map((file) => {
    const { scenarios: all, problems } = read(file);
    return { scenarios: all.filter(({ id }) => isMeant(id)), problems };
  });
  if (readings.length > 0) return readings;
  throw unknownScenario(name, idsBelow(root));
}

function unknownScenario(name: string, ids: readonly string[]): UsageError {
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

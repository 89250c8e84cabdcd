import { ScenarioError, UsageError } from '../../core/diagnostics/errors.ts';
import type { Scenario } from '../../core/scenario/scenario.ts';
import { readScenarios, type ScenarioReading } from '../../formats/scenario.ts';
import { didYouMean } from '../../formats/suggestion.ts';
import { casesNamed, idsBelow } from './case-files.ts';
import type { InputFile } from './input-files.ts';
import { usableFiles } from './usable-files.ts';
import { findFiles, readText, SCENARIO_FOLDER, scenarioId, scenariosBelow } from './yaml-files.ts';

/** Which scenarios are loaded. */
export interface LoadOptions {
  /** Folder of scenarios: what ids are below, and what is loaded where nothing is named. Default: netproof's own. */
  readonly root?: string;
  /** Only scenarios that have one of these tags. */
  readonly tags?: readonly string[];
  /** Is told of files that were found and left out, one sentence each. */
  readonly note?: (text: string) => void;
}

/**
 * Loads scenarios by file, folder, glob or id (its last part is enough), each once; without names all of `root`. Ordered as named, then by path.
 * Throws `ScenarioError` with every mistake of every file, `UsageError` where a name stands for no scenario, where no
 * scenario has the tags, or where neither those that are named nor `root` know one of them.
 */
export function loadScenarios(names: readonly string[], options: LoadOptions = {}): readonly Scenario[] {
  const root = options.root ?? SCENARIO_FOLDER;
  const read = readOnce(root);
  const found =
    names.length === 0
      ? [{ readings: scenariosBelow(root).map(read) }]
      : names.map((name) => foundAt(name, root, read));
  for (const note of new Set(found.flatMap(({ notes = [] }) => notes))) options.note?.(note);
  const readings = found.flatMap((each) => each.readings);
  const problems = new Set(readings.flatMap((reading) => reading.problems));
  if (problems.size > 0) throw new ScenarioError([...problems]);
  const byId = new Map(readings.flatMap(({ scenarios }) => scenarios.map((scenario) => [scenario.id, scenario])));
  return withTags([...byId.values()], options.tags ?? [], () =>
    scenariosBelow(root).flatMap((file) => read(file).scenarios),
  );
}

type Read = (file: InputFile) => ScenarioReading;

function readOnce(root: string): Read {
  const readings = new Map<string, ScenarioReading>();
  return ({ path, text }) => {
    const known = readings.get(path) ?? readScenarios({ text, file: path, id: scenarioId(path, root), readText });
    readings.set(path, known);
    return known;
  };
}

/** What a name stands for, and notes on what else was found there. */
interface Found {
  readonly readings: readonly ScenarioReading[];
  readonly notes?: readonly string[];
}

function foundAt(name: string, root: string, read: Read): Found {
  const { files, notes } = usableFiles(findFiles(name, root).map(refuseIfNone));
  const scenarios = files.filter(({ kind }) => kind === 'scenario');
  if (scenarios.length > 0) return { readings: scenarios.map(read), notes };
  const { files: withCases, isMeant } = casesNamed(name, root);
  const readings = withCases.map((file) => {
    const { scenarios: all, problems } = read(file);
    return { scenarios: all.filter(({ id }) => isMeant(id)), problems };
  });
  if (readings.length > 0) return { readings };
  throw unknownScenario(name, idsBelow(root));
}

/** The file, unless it was named and is no scenario. */
function refuseIfNone(file: InputFile): InputFile {
  const { path, kind, named } = file;
  if (named && kind === 'manifest') {
    const message = `${path} is a Kubernetes manifest, not a scenario`;
    throw new UsageError({ code: 'scenario-is-manifest', message, hint: 'name a scenario that applies it' });
  }
  if (named && kind === 'empty') throw new UsageError({ code: 'scenario-empty', message: `${path} is empty` });
  return file;
}

function unknownScenario(name: string, ids: readonly string[]): UsageError {
  const known = [...ids, ...ids.map((id) => id.slice(id.lastIndexOf('/') + 1))];
  const { hint = 'run "netproof list" to see the scenarios' } = didYouMean(name, known);
  const message = `there is no scenario "${name}": no such file, folder or id`;
  return new UsageError({ code: 'scenario-unknown', message, hint });
}

function withTags(
  scenarios: readonly Scenario[],
  tags: readonly string[],
  library: () => readonly Scenario[],
): readonly Scenario[] {
  if (tags.length === 0) return scenarios;
  const tagged = scenarios.filter((scenario) => tags.some((tag) => scenario.tags.includes(tag)));
  const own = tagsOf(scenarios);
  const foreign = tags.filter((tag) => !own.includes(tag));
  const known = tagged.length === 0 || foreign.length === 0 ? own : tagsOf([...scenarios, ...library()]);
  const unknown = foreign.find((tag) => !known.includes(tag));
  if (unknown === undefined) return tagged;
  const { hint = `tags are: ${known.join(', ') || 'none'}` } = didYouMean(unknown, known);
  throw new UsageError({ code: 'tag-unknown', message: `no scenario has the tag "${unknown}"`, hint });
}

function tagsOf(scenarios: readonly Scenario[]): readonly string[] {
  return [...new Set(scenarios.flatMap((scenario) => scenario.tags))].sort();
}

import { Command } from 'commander';
import {
  findYamlFiles,
  readText,
  SCENARIO_FOLDER,
  scenarioId,
  type YamlFile,
} from '../../adapters/files/yaml-files.ts';
import { type Problem, ScenarioError, UsageError } from '../../core/diagnostics/errors.ts';
import { formatPosition } from '../../core/diagnostics/position.ts';
import { readManifests } from '../../formats/manifest.ts';
import { readScenario } from '../../formats/scenario.ts';
import { toStdout } from '../oracle-options.ts';

/** What one file came to. */
interface Checked {
  readonly kind: 'scenario' | 'manifest';
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
}

/** `netproof check`: validates scenarios with their policies, and manifests, without a cluster. */
export function checkCommand(write: (text: string) => void = toStdout): Command {
  return new Command('check')
    .description('validate scenarios and manifests; needs no cluster')
    .argument('<files...>', 'files, folders, globs or ids of scenarios')
    .action((names: readonly string[]) => {
      const files = new Map(names.flatMap(filesNamed).map((file) => [file.path, file]));
      const checked = [...files.values()].map(checkFile);
      const problems = new Map(checked.flatMap((each) => each.problems).map((problem) => [keyOf(problem), problem]));
      if (problems.size > 0) throw new ScenarioError([...problems.values()]);
      for (const note of new Set(checked.flatMap(({ notes }) => notes))) write(`note: ${note}\n`);
      write(`${count(checked, 'scenario')}, ${count(checked, 'manifest')}: no mistakes found\n`);
    });
}

function filesNamed(name: string): readonly YamlFile[] {
  const files = findYamlFiles(name, SCENARIO_FOLDER);
  if (files.length > 0) return files;
  const message = `there is nothing to check at "${name}": no such file, folder or id`;
  throw new UsageError({ code: 'file-unknown', message });
}

function checkFile({ path, text, isManifest }: YamlFile): Checked {
  // Placeholders are allowed, for a manifest may belong to a scenario, which says whether they can be filled.
  if (isManifest) return { kind: 'manifest', ...readManifests(text, path, { placeholders: true }) };
  const { scenario, problems } = readScenario({ text, file: path, id: scenarioId(path, SCENARIO_FOLDER), readText });
  return { kind: 'scenario', problems, notes: scenario?.notes ?? [] };
}

/** A mistake in a policy file is found once for the file and once for each scenario that applies it. */
function keyOf({ message, position }: Problem): string {
  return `${position === undefined ? '' : formatPosition(position)} ${message}`;
}

function count(checked: readonly Checked[], kind: Checked['kind']): string {
  const files = checked.filter((each) => each.kind === kind).length;
  return `${files} ${kind}${files === 1 ? '' : 's'}`;
}

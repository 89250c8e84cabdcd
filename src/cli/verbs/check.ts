import { Command } from 'commander';
import { casesNamed } from '../../adapters/files/case-files.ts';
import type { InputFile } from '../../adapters/files/input-files.ts';
import { usableFiles } from '../../adapters/files/usable-files.ts';
import { findFiles, readText, SCENARIO_FOLDER, scenarioId } from '../../adapters/files/yaml-files.ts';
import { type Problem, ScenarioError, UsageError } from '../../core/diagnostics/errors.ts';
import { formatPosition } from '../../core/diagnostics/position.ts';
import { type ManifestDocument, readManifests } from '../../formats/manifest.ts';
import { idleRuleNotes, replacementNotes } from '../../formats/manifest-notes.ts';
import { readScenarios } from '../../formats/scenario.ts';
import { toStdout } from '../oracle-options.ts';

/** What one file came to. */
interface Checked {
  readonly kind: 'scenario' | 'manifest';
  /** Scenarios in a file that has cases, else one. */
  readonly count: number;
  readonly problems: readonly Problem[];
  readonly notes: readonly string[];
  /** The objects of a manifest file. */
  readonly documents?: readonly ManifestDocument[];
}

/** `netproof check`: validates scenarios with their policies, and manifests, without a cluster. */
export function checkCommand(write: (text: string) => void = toStdout): Command {
  return new Command('check')
    .description('validate scenarios and manifests; needs no cluster')
    .argument('<files...>', 'files, folders, globs or ids of scenarios; - is the standard input')
    .action((names: readonly string[]) => {
      const found = [...new Map([...new Set(names)].flatMap(filesNamed).map((file) => [file.path, file])).values()];
      const { files, notes } = usableFiles(found);
      const empty = found.filter(({ kind }) => kind === 'empty').map(({ path }) => `${path} is empty`);
      const checked = files.map(checkFile);
      const problems = new Map(checked.flatMap((each) => each.problems).map((problem) => [keyOf(problem), problem]));
      if (problems.size > 0) throw new ScenarioError([...problems.values()]);
      const all = [...notes, ...empty, ...checked.flatMap((each) => each.notes), ...policyNotes(checked)];
      for (const note of new Set(all)) write(`note: ${note}\n`);
      write(`${count(checked, 'scenario')}, ${count(checked, 'manifest')}: no mistakes found\n`);
    });
}

function filesNamed(name: string): readonly InputFile[] {
  const named = findFiles(name, SCENARIO_FOLDER);
  const files = named.length > 0 ? named : casesNamed(name, SCENARIO_FOLDER).files;
  if (files.length > 0) return files;
  const message = `there is nothing to check at "${name}": no such file, folder or id`;
  throw new UsageError({ code: 'file-unknown', message });
}

function checkFile({ path, text, kind }: InputFile): Checked {
  // Placeholders are allowed, for a manifest may belong to a scenario, which says whether they can be filled.
  if (kind === 'manifest') return { kind: 'manifest', count: 1, ...readManifests(text, path, { placeholders: true }) };
  const id = scenarioId(path, SCENARIO_FOLDER);
  const { scenarios, problems } = readScenarios({ text, file: path, id, readText });
  return { kind: 'scenario', count: scenarios.length, problems, notes: scenarios.flatMap(({ notes }) => notes) };
}

/** What is odd about policies. Those of different files replace one another only where no scenario applies them in turn. */
function policyNotes(checked: readonly Checked[]): readonly string[] {
  const files = checked.map(({ documents = [] }) => documents);
  const together = checked.some(({ kind }) => kind === 'scenario') ? files : [files.flat()];
  return [...together.flatMap(replacementNotes), ...idleRuleNotes(files.flat())];
}

/** A mistake in a policy file is found once for the file and once for each scenario that applies it. */
function keyOf({ message, position }: Problem): string {
  return `${position === undefined ? '' : formatPosition(position)} ${message}`;
}

function count(checked: readonly Checked[], kind: Checked['kind']): string {
  const number = checked.filter((each) => each.kind === kind).reduce((sum, each) => sum + each.count, 0);
  return `${number} ${kind}${number === 1 ? '' : 's'}`;
}

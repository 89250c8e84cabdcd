import { ScenarioError, UsageError } from '../../core/diagnostics/errors.ts';
import { parseYaml } from '../../formats/yaml-document.ts';
import type { InputFile } from './input-files.ts';

/** Files that something can be made of, and what is to be said of others. */
export interface UsableFiles {
  readonly files: readonly InputFile[];
  readonly notes: readonly string[];
}

/**
 * The files that are manifests or scenarios. Empty ones are passed over; others that were found, such as `values.yaml`,
 * are left out with a note. Throws `UsageError` or, where its syntax is broken, `ScenarioError` for one that was named.
 */
export function usableFiles(found: readonly InputFile[]): UsableFiles {
  const others = found.filter(({ kind }) => kind === 'other');
  const named = others.find((file) => file.named);
  if (named !== undefined) throw refusal(named);
  return {
    files: found.filter(({ kind }) => kind === 'manifest' || kind === 'scenario'),
    notes: others.map(({ path }) => `${path} is left out: it is neither a manifest nor a scenario`),
  };
}

function refusal({ path, text }: InputFile): UsageError | ScenarioError {
  const { problems } = parseYaml(text, path);
  if (problems.length > 0) return new ScenarioError(problems);
  return new UsageError({
    code: 'file-kind-unknown',
    message: `${path} is neither a manifest nor a scenario`,
    hint: 'a manifest has "apiVersion" and "kind", a scenario "title", "why", "namespaces" and "steps"',
  });
}

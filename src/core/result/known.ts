import { matcherOf, parsePattern } from '../matrix/pattern.ts';
import type { RunResult, ScenarioResult } from './result.ts';

/** A finding that has been looked into: this plugin, in these versions, does not enforce what a scenario asks. */
export interface KnownFinding {
  /** Id of the scenario. */
  readonly scenario: string;
  /** Name of the plugin, as a result has it. */
  readonly plugin: string;
  /** Versions with the finding: `3.28` stands for all of its patches, `3.28.5` for one. */
  readonly versions: readonly string[];
  /** Patterns of the cells that fail; another cell's failure is not known. */
  readonly cells: readonly string[];
  /** What goes wrong, one sentence. */
  readonly why: string;
  /** Where it is told, with a way to reproduce it. */
  readonly finding: string;
}

/**
 * A result in the light of what is known of the plugin: a failure of nothing but the listed cells gets the field `known`
 * and does not count as a failure; a known finding that does not show is a failure, so that the list stays true.
 */
export function withKnown(
  result: ScenarioResult,
  findings: readonly KnownFinding[],
  cni: RunResult['run']['cni'],
): ScenarioResult {
  const finding = findings.find((each) => each.scenario === result.id && concerns(each, cni));
  if (finding === undefined) return result;
  const { why, finding: link } = finding;
  if (result.status === 'passed') {
    const reason = `passed, though a finding is listed as known for ${cni.name} ${cni.version}: ${why}`;
    return { ...result, status: 'failed', reason };
  }
  const whole = result.status === 'failed' && result.incomplete === undefined;
  const asListed = whole && result.steps.every((step) => failsAsListed(step, finding));
  return asListed ? { ...result, known: { why, finding: link } } : result;
}

function concerns({ plugin, versions }: KnownFinding, { name, version }: RunResult['run']['cni']): boolean {
  const own = bare(version);
  return plugin === name && versions.map(bare).some((listed) => own === listed || own.startsWith(`${listed}.`));
}

function bare(version: string): string {
  return version.replace(/^v/, '');
}

function failsAsListed({ status, cells }: ScenarioResult['steps'][number], finding: KnownFinding): boolean {
  if (status === 'inconclusive') return false;
  const patterns = finding.cells
    .map(parsePattern)
    .flatMap((pattern) => pattern ?? [])
    .map(matcherOf);
  const failed = cells.filter((cell) => cell.status === 'failed');
  return failed.every((cell) => patterns.some((matches) => matches(cell)));
}

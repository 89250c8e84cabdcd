import { matcherOf, parsePattern } from '../matrix/pattern.ts';
import type { CellResult, ConnectionResult, RunResult, ScenarioResult } from './result.ts';

/** A finding that has been looked into: this plugin, in these versions, does not enforce what a scenario asks. */
export interface KnownFinding {
  /** Id of the scenario. */
  readonly scenario: string;
  /** Name of the plugin, as a result has it. */
  readonly plugin: string;
  /** Versions with the finding: `3.28` stands for all of its patches, `3.28.5` for one. */
  readonly versions: readonly string[];
  /** Patterns of the cells that fail, or whose connections do; another cell's failure is not known. */
  readonly cells: readonly string[];
  /** Names of the steps in which they do; absent: any. */
  readonly steps?: readonly string[] | undefined;
  /** It cuts off now and then, and for a moment, what is to be open: a run that does not see it says nothing against it. */
  readonly sometimes?: boolean | undefined;
  /** What goes wrong, one sentence. */
  readonly why: string;
  /** Where it is told, with a way to reproduce it. */
  readonly finding: string;
}

/**
 * A result in the light of what is known of the plugin: a failure of nothing but the listed cells and their connections gets the field `known`
 * and does not count as a failure; a known finding that does not show is a failure, unless it shows only sometimes, so that the
 * list stays true.
 */
export function withKnown(
  result: ScenarioResult,
  findings: readonly KnownFinding[],
  cni: RunResult['run']['cni'],
): ScenarioResult {
  const own = findings.filter((each) => each.scenario === result.id && concerns(each, cni));
  const [always] = own.filter(({ sometimes }) => sometimes !== true);
  if (result.status === 'passed' && always !== undefined) {
    const reason = `passed, though a finding is listed as known for ${cni.name} ${cni.version}: ${always.why}`;
    return { ...result, status: 'failed', reason };
  }
  // What passes at its second try is no finding that is there always.
  const eligible = result.status === 'flaky' ? own.filter(({ sometimes }) => sometimes === true) : own;
  const first = result.incomplete === undefined && shownIn(result, eligible);
  return first ? { ...result, known: { why: first.why, finding: first.finding } } : result;
}

/** The first finding that shows, where findings tell of everything that failed. */
function shownIn({ status, steps }: ScenarioResult, findings: readonly KnownFinding[]): KnownFinding | undefined {
  if (status !== 'failed' && status !== 'flaky') return undefined;
  if (steps.some((step) => step.status === 'inconclusive')) return undefined;
  const telling = steps.flatMap(({ name, cells, connections }) =>
    [...cells, ...connections]
      .filter((failed) => failed.status === 'failed')
      .map((failed) => findings.find((each) => tellsOf(each, name, failed))),
  );
  return telling.includes(undefined) ? undefined : telling[0];
}

function tellsOf(
  { cells, steps, sometimes }: KnownFinding,
  step: string,
  cell: CellResult | ConnectionResult,
): boolean {
  if (steps !== undefined && !steps.includes(step)) return false;
  // What leaks is never excused as a moment.
  if (sometimes === true && (!('expected' in cell) || cell.expected !== 'open' || 2 * cell.contrary > cell.known)) {
    return false;
  }
  return cells.some((text) => {
    const pattern = parsePattern(text);
    return pattern !== undefined && matcherOf(pattern)(cell);
  });
}

function concerns({ plugin, versions }: KnownFinding, { name, version }: RunResult['run']['cni']): boolean {
  const own = bare(version);
  return plugin === name && versions.map(bare).some((listed) => own === listed || own.startsWith(`${listed}.`));
}

function bare(version: string): string {
  return version.replace(/^v/, '');
}

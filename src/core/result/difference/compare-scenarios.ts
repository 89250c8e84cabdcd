import { failureName } from '../failure-name.ts';
import type { ResultStatus, RunResult, ScenarioResult } from '../result.ts';
import type { ScenarioChange, ScenarioDifference } from './difference.ts';

/** The scenarios that came out otherwise than before, those that are new or gone among them; violated ones first. */
export function compareScenarios(before: RunResult, after: RunResult): readonly ScenarioDifference[] {
  const old = new Map(before.scenarios.map((scenario) => [scenario.id, scenario]));
  const now = new Map(after.scenarios.map((scenario) => [scenario.id, scenario]));
  const unfinished = isUnfinished(before, after);
  const differences = [...new Set([...now.keys(), ...old.keys()])].flatMap((id) =>
    compared(old.get(id), now.get(id), unfinished),
  );
  return differences.toSorted((a, b) => ORDER.indexOf(a.change) - ORDER.indexOf(b.change));
}

/** Whether the later run did not get to its end; one that decides nothing of what was decided counts as such. */
export function isUnfinished(before: RunResult, after: RunResult): boolean {
  const { interrupted, unfinished = 0 } = after.run;
  const decides = ({ scenarios }: RunResult) => scenarios.some(({ status }) => isDecided(status));
  return interrupted || unfinished > 0 || (decides(before) && !decides(after));
}

const ORDER: readonly ScenarioChange[] = ['violated', 'flaky', 'undecided', 'enforced', 'new', 'gone'];

function compared(
  old: ScenarioResult | undefined,
  now: ScenarioResult | undefined,
  unfinished: boolean,
): ScenarioDifference[] {
  const known = now ?? old;
  if (known === undefined) return [];
  const cells = now && now.status !== 'passed' ? newlyFailing(old, now) : [];
  const missed = unfinished && now === undefined && old !== undefined && isDecided(old.status);
  const change = missed ? 'undecided' : changeOf(old?.status ?? null, now?.status ?? null, cells.length > 0);
  if (change === undefined) return [];
  const reason = missed ? 'the run did not get to it' : change === 'undecided' ? (now?.reason ?? null) : null;
  const { id, title } = known;
  const facts = { id, title, change, before: old?.status ?? null, after: now?.status ?? null };
  return [{ ...facts, reason, cells }];
}

function changeOf(
  before: ResultStatus | null,
  after: ResultStatus | null,
  failsMore: boolean,
): ScenarioChange | undefined {
  if (before === null) return 'new';
  if (after === null) return 'gone';
  if (after === 'failed') return before !== 'failed' || failsMore ? 'violated' : undefined;
  if (after === 'flaky') return before !== 'flaky' ? 'flaky' : undefined;
  if (!isDecided(after)) return isDecided(before) ? 'undecided' : undefined;
  return before === 'passed' ? undefined : 'enforced';
}

function isDecided(status: ResultStatus): boolean {
  return status === 'passed' || status === 'failed' || status === 'flaky';
}

function newlyFailing(old: ScenarioResult | undefined, now: ScenarioResult): readonly string[] {
  const before = new Set(old === undefined ? [] : failing(old));
  return failing(now).filter((cell) => !before.has(cell));
}

function failing({ steps }: ScenarioResult): readonly string[] {
  return steps.flatMap(({ name, failures }) =>
    failures
      .filter(({ reasons }) => reasons.some(({ code }) => code !== 'unknown'))
      .map((failure) => `${name}: ${failureName(failure)}`),
  );
}

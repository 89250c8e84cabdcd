import type { CellReason } from '../judge/verdict.ts';
import type { Expected } from '../matrix/expected.ts';
import { fullName } from '../model/pod-name.ts';
import { placedBy } from '../scenario/churn.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { ResultStatus, ScenarioResult, StepResult } from './result.ts';

/** What a run has of a scenario when it is over. */
export interface FinishedScenario {
  readonly scenario: Scenario;
  readonly steps: readonly StepResult[];
  readonly durationMs: number;
  /** Set when the scenario did not run, or not to its end. */
  readonly trouble?: { readonly status: 'skipped' | 'inconclusive'; readonly reason: string };
}

/** The result of a scenario: its worst step decides, fail before inconclusive before skipped; without steps nothing passes. */
export function buildScenario({ scenario, steps, durationMs, trouble }: FinishedScenario): ScenarioResult {
  const statuses: ResultStatus[] = [...steps.map(({ status }) => status), ...(trouble ? [trouble.status] : [])];
  const status = worst(statuses);
  const onHost = podsOnHost(scenario);
  return {
    id: scenario.id,
    title: scenario.title,
    tags: scenario.tags,
    origin: scenario.origin ?? null,
    status,
    ...(trouble?.status === 'inconclusive' && { incomplete: true }),
    reason: trouble?.reason ?? steps.find((step) => step.status === status)?.reason ?? null,
    ...(onHost.length > 0 && { host_network: onHost }),
    duration_ms: Math.round(durationMs),
    policies: policiesOf(scenario),
    steps,
  };
}

/**
 * Whether a scenario runs once more alone: it failed, or our own probing left cells unknown. What the network itself
 * did that proves nothing, and a scenario that could not be run to its end, are not tried again.
 */
export function deservesRerun(result: ScenarioResult): boolean {
  return result.status === 'failed' || isOwnTrouble(result);
}

/** Whether nothing but trouble of our own probing, such as agents that were late, kept a scenario that ran to its end from a verdict. */
export function isOwnTrouble({ status, steps, incomplete }: ScenarioResult): boolean {
  const reasons = steps.flatMap(({ failures }) => failures.flatMap((failure) => failure.reasons));
  return (
    status === 'inconclusive' &&
    incomplete === undefined &&
    reasons.length > 0 &&
    reasons.every((reason) => reason.code === 'unknown' && !reason.doubtful)
  );
}

/**
 * What a scenario comes to after it ran once more alone. One that failed: the same, or `flaky` when the rerun differs; a
 * leak that an answer with identity proves stays a failure whatever the rerun says. One that was inconclusive for
 * trouble of our own: the rerun.
 */
export function mergeRerun(first: ScenarioResult, rerun: ScenarioResult): ScenarioResult {
  if (first.status === 'inconclusive') return rerun;
  if (first.status !== 'failed' || rerun.status === 'failed' || hasProvenLeak(first)) return first;
  return { ...first, status: 'flaky', reason: `failed, and came out ${rerun.status} when run once more alone` };
}

function hasProvenLeak({ steps }: ScenarioResult): boolean {
  return steps.some(({ failures }) =>
    failures.some(({ expected, reasons }) => reasons.some((reason) => provesLeak(reason, expected))),
  );
}

/** Somebody answered with a name where traffic had to be closed: now, or by what the step before expected. */
function provesLeak(reason: CellReason, expected: Expected): boolean {
  if (reason.code === 'unknown' || reason.attempt.answeredBy === undefined) return false;
  return expected === 'closed' || (reason.code === 'contrary-before' && reason.attempt.outcome === 'open');
}

function worst(statuses: readonly ResultStatus[]): ResultStatus {
  const order = ['failed', 'inconclusive', 'skipped', 'passed'] as const;
  return order.find((status) => statuses.includes(status)) ?? 'inconclusive';
}

/** The pods on their node's network that a scenario ever has. */
function podsOnHost({ pods, steps }: Scenario): readonly string[] {
  const created = steps.flatMap(({ changes }) => changes.flatMap(placedBy));
  return [...new Set([...pods, ...created].filter(({ hostNetwork }) => hostNetwork).map(fullName))];
}

/** The policies that a scenario applies, each once, as its files state them. */
function policiesOf({ steps }: Scenario): ScenarioResult['policies'] {
  const manifests = steps.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.kind === 'apply' ? [change.manifest] : [])),
  );
  const policies = manifests.map(({ name, position, text, fileLines = [] }) => ({
    name,
    file: position.file,
    text,
    lines: fileLines,
  }));
  return [...new Map(policies.map((policy) => [`${policy.file} ${policy.name} ${policy.text}`, policy])).values()];
}

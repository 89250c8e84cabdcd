import { initialPodLabels, podLabelsAfter, relabel } from './pod-labels.ts';
import type { Change, Scenario, StandingChange } from './scenario.ts';

/** Kinds of changes that can be taken back: the pods and namespaces are then as they were before the scenario. */
const TAKEN_BACK: ReadonlySet<Change['kind']> = new Set(['apply', 'delete', 'label-pod', 'label-namespace']);

/** Names what a scenario needs before its first step; scenarios of one shape can use the same pods one after the other. */
export function shapeOf({ namespaces, pods, services, outside = [], realNames = 'run-first' }: Scenario): string {
  return JSON.stringify([namespaces, pods, services, outside, realNames], sortedFields);
}

/**
 * Whether a scenario's pods can serve the next one: what it does to them is taken back by deleting its policies and by
 * putting labels back. Anything else that it changes is not.
 */
export function keepsPods({ steps }: Scenario): boolean {
  const changes = steps.flatMap((step) => step.changes);
  return changes.every(
    (change) => TAKEN_BACK.has(change.kind) && (change.kind !== 'apply' || change.manifest.policy !== undefined),
  );
}

/** The changes that give pods and namespaces the labels back that they had before the first step. */
export function labelsBack(scenario: Scenario): readonly StandingChange[] {
  const changes = scenario.steps.flatMap((step) => step.changes);
  const before = initialPodLabels(scenario);
  const after = podLabelsAfter(before, changes);
  const pods = [...before].flatMap(([pod, labels]): StandingChange[] => {
    const patch = back(labels, after.get(pod) ?? {});
    return patch === undefined ? [] : [{ kind: 'label-pod', pod, labels: patch }];
  });
  const namespaces = scenario.namespaces.flatMap(({ name, labels }): StandingChange[] => {
    const now = changes.reduce(
      (known, change) =>
        change.kind === 'label-namespace' && change.namespace === name ? relabel(known, change.labels) : known,
      labels,
    );
    const patch = back(labels, now);
    return patch === undefined ? [] : [{ kind: 'label-namespace', namespace: name, labels: patch }];
  });
  return [...pods, ...namespaces];
}

/** What turns the labels `now` into `then`; undefined when they are the same. */
function back(
  then: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Readonly<Record<string, string | null>> | undefined {
  const set = Object.entries(then).filter(([key, value]) => now[key] !== value);
  const removed = Object.keys(now).filter((key) => !(key in then));
  if (set.length + removed.length === 0) return undefined;
  return Object.fromEntries([...set, ...removed.map((key): [string, null] => [key, null])]);
}

/** Orders the fields of objects, so that equal values have equal texts. */
function sortedFields(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

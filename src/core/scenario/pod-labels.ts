import { fullName } from '../model/pod-name.ts';
import type { Labels } from '../model/selector.ts';
import type { Change, ScenarioPod } from './scenario.ts';

/** Labels of a scenario's pods, by `namespace/name`. */
export type PodLabels = ReadonlyMap<string, Labels>;

/** Labels after some are set and those that are `null` are removed. */
export function relabel(labels: Labels, change: Readonly<Record<string, string | null>>): Labels {
  const entries = Object.entries({ ...labels, ...change });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The pods' labels before the first step. */
export function initialPodLabels({ pods }: { readonly pods: readonly ScenarioPod[] }): PodLabels {
  return new Map(pods.map((pod) => [fullName(pod), pod.labels]));
}

/** The pods' labels after a step's changes. */
export function podLabelsAfter(labels: PodLabels, changes: readonly Change[]): PodLabels {
  const after = new Map(labels);
  for (const change of changes) {
    if (change.kind === 'create') for (const [pod, own] of initialPodLabels(change)) after.set(pod, own);
    if (change.kind === 'label-pod') after.set(change.pod, relabel(after.get(change.pod) ?? {}, change.labels));
  }
  return after;
}

import { fullName } from '../model/pod-name.ts';
import type { Labels } from '../model/selector.ts';
import type { Change, Scenario } from './scenario.ts';

/** Labels of a scenario's pods, by `namespace/name`. */
export type PodLabels = ReadonlyMap<string, Labels>;

/** Labels after some are set and those that are `null` are removed. */
export function relabel(labels: Labels, change: Readonly<Record<string, string | null>>): Labels {
  const entries = Object.entries({ ...labels, ...change });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** The pods' labels before the first step. */
export function initialPodLabels({ pods }: Pick<Scenario, 'pods'>): PodLabels {
  return new Map(pods.map((pod) => [fullName(pod), pod.labels]));
}

/** The pods' labels after a step's changes. */
export function podLabelsAfter(labels: PodLabels, changes: readonly Change[]): PodLabels {
  return changes.reduce((known, change) => {
    if (change.kind !== 'label-pod') return known;
    return new Map(known).set(change.pod, relabel(known.get(change.pod) ?? {}, change.labels));
  }, labels);
}

import type { KubeObject, PodRef } from '../../../ports/cluster.ts';

interface EventFields {
  readonly reason?: string;
  readonly message?: string;
  readonly lastTimestamp?: string | null;
  readonly involvedObject?: { readonly name?: string; readonly fieldPath?: string };
}

/**
 * The kubelet's own words for the last probe of a container that failed, from the events of its namespace; undefined
 * where there are none. A kubelet tells of few events a minute: not of each failure there is one.
 */
export function unhealthyWords(events: readonly KubeObject[], { name }: PodRef, container: string): string | undefined {
  const own = (events as readonly (KubeObject & EventFields)[]).filter(
    ({ reason, involvedObject }) =>
      reason === 'Unhealthy' &&
      involvedObject?.name === name &&
      (involvedObject.fieldPath ?? '').includes(`{${container}}`),
  );
  const sorted = own.toSorted((a, b) => ((a.lastTimestamp ?? '') < (b.lastTimestamp ?? '') ? -1 : 1));
  return sorted.at(-1)?.message?.trim();
}

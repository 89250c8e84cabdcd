import type { KubeObject } from '../../ports/cluster.ts';

/** The parts of `Event` (core/v1) that tell a story. */
interface EventFields {
  readonly type?: string;
  readonly reason?: string;
  readonly message?: string;
  readonly count?: number;
  readonly involvedObject?: { readonly kind?: string; readonly namespace?: string; readonly name?: string };
  readonly lastTimestamp?: string | null;
  readonly eventTime?: string | null;
}

/** Events in the order of their times, a line each. */
export function eventLines(events: readonly KubeObject[]): string {
  const lines = (events as readonly (KubeObject & EventFields)[]).map((event) => {
    const { kind, namespace, name } = event.involvedObject ?? {};
    const times = (event.count ?? 1) > 1 ? ` (${event.count} times)` : '';
    const at = event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '';
    return `${at} ${event.type} ${event.reason} ${kind} ${namespace}/${name}: ${event.message?.trim()}${times}`;
  });
  return lines.toSorted().join('\n');
}

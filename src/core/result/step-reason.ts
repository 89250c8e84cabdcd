import type { AgentHealth, StepRecord } from '../judge/record.ts';
import type { Status } from '../judge/verdict.ts';

/** Times of a pod of which nothing is known are worth a word beside a failure from this length on, in ms. */
const WORTH_MS = 2_000;
const SHOWN = 3;

/**
 * Why a step came out as it did, besides its cells: `doubt`, which is what keeps it from a verdict, and the longest
 * times in which nothing is known of a pod (an agent that restarted, a lost stream, a node that is not Ready). Null for
 * a step that passed.
 */
export function stepReason(status: Status, doubt: string | undefined, { agents }: StepRecord): string | null {
  if (status === 'pass') return null;
  const blind = blindTimes(agents, status === 'fail' ? WORTH_MS : 0);
  const words = [...(doubt === undefined ? [] : [doubt]), ...blind];
  return words.length === 0 ? null : words.join('; ');
}

function blindTimes(agents: StepRecord['agents'], leastMs: number): readonly string[] {
  const spans = [...agents.values()].flatMap(({ pod, unknown }) =>
    longestOf(unknown).map((span) => ({ pod, ...span })),
  );
  const byReason = Map.groupBy(
    spans.filter(({ lengthMs }) => lengthMs >= leastMs).toSorted((a, b) => b.lengthMs - a.lengthMs),
    ({ reason }) => reason,
  );
  return [...byReason].slice(0, SHOWN).map(([reason, group]) => {
    return `nothing is known for a time of ${group.map(({ pod }) => pod).join(', ')}: ${reason}`;
  });
}

function longestOf(unknown: AgentHealth['unknown']): readonly { readonly reason: string; readonly lengthMs: number }[] {
  const lengths = unknown.map(({ fromMs, toMs, reason }) => ({ reason, lengthMs: toMs - fromMs }));
  return lengths.toSorted((a, b) => b.lengthMs - a.lengthMs).slice(0, 1);
}

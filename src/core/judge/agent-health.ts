import type { Attempt } from '../matrix/outcome.ts';
import type { Protocol } from '../model/protocol.ts';
import type { JudgeLimits } from './limits.ts';
import type { AgentHealth, Span } from './record.ts';

/** What one agent tells of itself; the prober's events of a pod are of this shape. */
export type AgentEvent =
  /** It is alive: how late its timers ran since the heartbeat before, and which ports it serves. */
  | {
      readonly kind: 'heartbeat';
      readonly atMs: number;
      readonly latenessMs: number;
      readonly bound: readonly { readonly port: number; readonly protocol: Protocol }[];
    }
  /** It dialled itself, which is always allowed. */
  | { readonly kind: 'canary'; readonly attempt: Attempt }
  | { readonly kind: 'gap'; readonly fromMs: number; readonly toMs: number; readonly reason: string };

type Heartbeat = Extract<AgentEvent, { kind: 'heartbeat' }>;
type Unknown = AgentHealth['unknown'][number];

/**
 * When an agent is not to be believed, by what it told until `untilMs`: it was late, its canary failed, or it was not
 * heard of. A port was bound between two heartbeats that both name it, and after the last one while that is fresh: so
 * observe for one heartbeat longer than attempts are made.
 */
export function agentHealth(
  pod: string,
  events: readonly AgentEvent[],
  untilMs: number,
  limits: JudgeLimits,
): AgentHealth {
  const heartbeats = events.filter((event) => event.kind === 'heartbeat').toSorted((a, b) => a.atMs - b.atMs);
  const told = events.flatMap((event) => unknownBy(event));
  const stretches = stretchesOf(heartbeats, untilMs);
  return {
    pod,
    unknown: [...told, ...stretches.flatMap((stretch) => distrust(stretch, limits))],
    bound: boundSpans(stretches, limits),
  };
}

/** The time between two heartbeats, the first and the last missing one of them. */
interface Stretch extends Span {
  readonly begin: Heartbeat | undefined;
  readonly end: Heartbeat | undefined;
}

function stretchesOf(heartbeats: readonly Heartbeat[], untilMs: number): Stretch[] {
  return [undefined, ...heartbeats].map((begin, index) => {
    const end = heartbeats[index];
    return {
      begin,
      end,
      fromMs: begin?.atMs ?? Number.NEGATIVE_INFINITY,
      toMs: end?.atMs ?? Math.max(untilMs, begin?.atMs ?? untilMs),
    };
  });
}

function unknownBy(event: AgentEvent): Unknown[] {
  if (event.kind === 'gap') return [{ fromMs: event.fromMs, toMs: event.toMs, reason: event.reason }];
  if (event.kind === 'heartbeat' || event.attempt.outcome === 'open') return [];
  const { sentMs, errorMs, durationMs, outcome } = event.attempt;
  return [{ fromMs: sentMs - errorMs, toMs: sentMs + durationMs + errorMs, reason: `canary ${outcome}` }];
}

function distrust({ begin, end, fromMs, toMs }: Stretch, limits: JudgeLimits): Unknown[] {
  if (begin === undefined || toMs - fromMs > limits.silenceMs) return [{ fromMs, toMs, reason: 'not heard of' }];
  if (end === undefined || end.latenessMs <= limits.latenessMs) return [];
  return [{ fromMs, toMs, reason: `late by ${Math.round(end.latenessMs)} ms` }];
}

function boundSpans(stretches: readonly Stretch[], { silenceMs }: JudgeLimits): Map<string, Span[]> {
  const spans = new Map<string, Span[]>();
  for (const { begin, end, fromMs, toMs } of stretches) {
    if (begin === undefined || toMs - fromMs > silenceMs) continue;
    const after = end && new Set(end.bound.map(keyOf));
    for (const port of begin.bound.map(keyOf).filter((key) => after?.has(key) ?? true)) {
      const known = spans.get(port) ?? [];
      const last = known.at(-1);
      spans.set(
        port,
        last?.toMs === fromMs ? [...known.slice(0, -1), { ...last, toMs }] : [...known, { fromMs, toMs }],
      );
    }
  }
  return spans;
}

function keyOf({ port, protocol }: Heartbeat['bound'][number]): string {
  return `${port}/${protocol}`;
}

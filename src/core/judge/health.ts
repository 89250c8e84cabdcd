import type { Cell, Path } from '../matrix/cell.ts';
import type { Attempt } from '../matrix/outcome.ts';
import type { JudgeLimits } from './limits.ts';
import { portKey, type Span, type StepRecord } from './record.ts';

/** What is known of the agents and Services of a step. */
export type Surroundings = Pick<StepRecord, 'agents' | 'backends'>;

/** Whether a port was bound while an attempt was under way; `unsaid` where nobody can tell. */
type PortState = 'bound' | 'not-bound' | 'unsaid';

/** Paths on which another port is dialled than the one that is bound, which `backends` says. */
const SERVICE_PATHS: ReadonlySet<Path> = new Set(['cluster-ip', 'dns', 'node-port', 'host-port']);

/**
 * Whether the silence that an attempt met may be our own fault: its sender was late, or the agent that sent or should
 * have answered was late, had a failed canary, or was not heard of at that moment (a wget: most of its time). An answer
 * needs no excuse.
 */
export function isExcused(attempt: Attempt, cell: Cell, surroundings: Surroundings, limits: JudgeLimits): boolean {
  if (attempt.latenessMs > limits.latenessMs) return true;
  const window = windowOf(attempt);
  return [cell.from, ...answeringPods(cell, surroundings)].some((pod) => {
    const spans = surroundings.agents.get(pod)?.unknown.filter((span) => overlap(span, window)) ?? [];
    return cell.method === 'wget' ? coverHalf(spans, window) : spans.length > 0;
  });
}

/**
 * Whether the silence that a SYN, a datagram or a question for a name met proves nothing although kernels alone decide it: they do the handshake,
 * and keep what arrives. The sender looks at its socket once more when its limit is over, so agents that were only late
 * excuse nothing here.
 */
export function isSilenceExcused(attempt: Attempt, cell: Cell, surroundings: Surroundings): boolean {
  // A name that did not resolve was never dialled.
  const answering = attempt.outcome === 'unresolved' ? [] : answeringPods(cell, surroundings);
  const window = windowOf(attempt);
  return [cell.from, ...answering].some((pod) =>
    surroundings.agents.get(pod)?.unknown.some((span) => !span.late && overlap(span, window)),
  );
}

/**
 * Whether some agent was late for more than half of an attempt. A program without an agent that answers names or wgets
 * is late too on a machine that stands still, and nobody reports it.
 */
export function isStalled(attempt: Attempt, { agents }: Pick<Surroundings, 'agents'>): boolean {
  const window = windowOf(attempt);
  return [...agents.values()].some(({ unknown }) =>
    coverHalf(
      unknown.filter(({ late }) => late),
      window,
    ),
  );
}

/** Whether any agent at all was in trouble during an attempt: a machine that stalls does not do so for one pod alone. */
export function isTroubled(attempt: Attempt, { agents }: Pick<Surroundings, 'agents'>): boolean {
  const window = windowOf(attempt);
  return [...agents.values()].some(({ unknown }) => unknown.some((span) => overlap(span, window)));
}

/**
 * Whether spans take up more than half of a window. A wget of 2 s dials again after 1 s: what kept an agent for a moment
 * does not explain its silence.
 */
function coverHalf(spans: readonly Span[], { fromMs, toMs }: Span): boolean {
  const within = (span: Span): number => Math.max(0, Math.min(toMs, span.toMs) - Math.max(fromMs, span.fromMs));
  const covered = spans.reduce((sum, span) => sum + within(span), 0);
  return covered > (toMs - fromMs) / 2;
}

/** The pods that can answer a cell: the destination, each backend of a Service, or the pod behind a host port. */
function answeringPods(cell: Cell, { backends }: Surroundings): readonly string[] {
  if (!SERVICE_PATHS.has(cell.path)) return [cell.to];
  return backends.get(portKey(cell))?.map(({ pod }) => pod) ?? [];
}

/**
 * Whether the destination's program had the port bound during the attempt. For a Service: whether a ready endpoint
 * existed and all backends had theirs bound, since nobody knows which one was chosen.
 */
export function portState(attempt: Attempt, cell: Cell, surroundings: Surroundings): PortState {
  const window = windowOf(attempt);
  if (!SERVICE_PATHS.has(cell.path)) return podPortState(cell.to, cell.port, cell, window, surroundings);
  const backends = surroundings.backends.get(portKey(cell));
  if (backends === undefined) return 'unsaid';
  if (!backends.some(({ ready }) => covered(window, ready))) return 'not-bound';
  const states = backends.map(({ pod, port }) => podPortState(pod, port, cell, window, surroundings));
  return states.find((state) => state === 'not-bound') ?? states.find((state) => state === 'unsaid') ?? 'bound';
}

function podPortState(
  pod: string,
  port: number,
  { protocol }: Cell,
  window: Span,
  { agents }: Surroundings,
): PortState {
  const bound = agents.get(pod)?.bound;
  if (bound === undefined) return 'unsaid';
  return covered(window, bound.get(`${port}/${protocol}`) ?? []) ? 'bound' : 'not-bound';
}

/** From the earliest moment at which it may have been sent to the latest at which it may have ended. */
function windowOf({ sentMs, errorMs, durationMs }: Attempt): Span {
  return { fromMs: sentMs - errorMs, toMs: sentMs + durationMs + errorMs };
}

function overlap(a: Span, b: Span): boolean {
  return a.fromMs <= b.toMs && b.fromMs <= a.toMs;
}

function covered(window: Span, spans: readonly Span[]): boolean {
  return spans.some(({ fromMs, toMs }) => fromMs <= window.fromMs && window.toMs <= toMs);
}

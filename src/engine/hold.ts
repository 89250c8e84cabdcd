import type { AgentHealth, Span } from '../core/judge/record.ts';
import type { Observation } from './observation.ts';
import type { ScenarioContext } from './scenario-context.ts';

/** The share of a hold that may be unknown: a cell makes a quarter more attempts in it than have to count. */
const UNKNOWN_SHARE = 0.15;
/** A hold gets longer by at most so many times what was asked for, and by no more than so many ms. */
const MOST_TIMES = 3;
const MOST_MS = 10_000;

/**
 * Watches for the time of a hold. What is not known of it, because agents were late, is made up for: that has nothing to
 * do with what the network did meanwhile, by which a hold is never prolonged.
 */
export async function holdFor(
  holdMs: number,
  { clock, signal, observation }: Pick<ScenarioContext, 'clock' | 'signal'> & { readonly observation: Observation },
): Promise<Span> {
  const fromMs = clock.now();
  const lastMs = fromMs + holdMs + Math.min(MOST_TIMES * holdMs, MOST_MS);
  let toMs = fromMs + holdMs;
  for (;;) {
    await clock.sleep(Math.max(0, toMs - clock.now()), signal);
    const hold = { fromMs, toMs: clock.now() };
    const missingMs = holdMs - (hold.toMs - hold.fromMs - unknownIn(hold, observation.liveHealth()));
    if (missingMs <= UNKNOWN_SHARE * holdMs || hold.toMs >= lastMs) return hold;
    toMs = Math.min(lastMs, hold.toMs + missingMs);
  }
}

/** How long something of some agent is unknown in a span, in ms. */
export function unknownIn({ fromMs, toMs }: Span, agents: ReadonlyMap<string, AgentHealth>): number {
  const spans = [...agents.values()]
    .flatMap(({ unknown }) => unknown)
    .map((span) => ({ fromMs: Math.max(fromMs, span.fromMs), toMs: Math.min(toMs, span.toMs) }))
    .filter((span) => span.toMs > span.fromMs)
    .sort((a, b) => a.fromMs - b.fromMs);
  let sum = 0;
  let coveredMs = fromMs;
  for (const span of spans) {
    sum += Math.max(0, span.toMs - Math.max(coveredMs, span.fromMs));
    coveredMs = Math.max(coveredMs, span.toMs);
  }
  return sum;
}

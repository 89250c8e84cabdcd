import type { Watched } from './observation.ts';
import { ATTEMPT_TIMEOUT_MS } from './sampling.ts';

/** How long the records of agents whose streams broke are waited for, in ms: a stream is given up after 40 s. */
const PATIENCE_MS = 45_000;
const LOOK_MS = 20;
/** How long after a hold its last attempts may be under way where all are answered, in ms. */
const ANSWERED_MS = 120;

/**
 * Waits until every agent has told of its attempts until `toMs`. Where the API server was away the agents went on
 * probing, and what they recorded comes when their streams are open again.
 */
export async function catchUp(toMs: number, watched: Watched): Promise<void> {
  const { clock, signal, observation, session } = watched;
  if (observation.isKnownUntil(toMs)) return;
  session.askHeartbeats();
  const lastMs = clock.now() + PATIENCE_MS;
  while (clock.now() < lastMs && !observation.isKnownUntil(toMs)) await clock.sleep(LOOK_MS, signal);
}

/**
 * Waits until the attempts of a hold that ends now have ended: where all are answered a moment, else as long as the limit
 * of one. Agents whose streams broke are not waited for.
 */
export async function attemptsEnd(toMs: number, { clock, signal, observation, session }: Watched): Promise<void> {
  const limitMs = toMs + ATTEMPT_TIMEOUT_MS + LOOK_MS;
  const spans = [{ fromMs: limitMs, toMs: limitMs + ANSWERED_MS }];
  if (observation.wantsAnswers) spans.unshift({ fromMs: toMs + LOOK_MS, toMs: toMs + ANSWERED_MS });
  for (const span of spans) {
    await clock.sleep(Math.max(0, span.fromMs - clock.now()), signal);
    while (clock.now() < span.toMs) {
      session.askHeartbeats();
      await clock.sleep(LOOK_MS, signal);
      if (observation.isKnownUntil(toMs)) return;
    }
  }
}

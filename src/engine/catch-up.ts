import type { Watched } from './observation.ts';
import { ATTEMPT_TIMEOUT_MS } from './sampling.ts';

/** How long the records of agents whose streams broke are waited for, in ms: a stream is given up after 40 s. */
const PATIENCE_MS = 45_000;
const LOOK_MS = 20;
/** How long an answer to what agents are asked is waited for before other ways are taken, in ms. */
const ANSWER_MS = 80;

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
  for (const lastMs of [toMs + LOOK_MS, toMs + ATTEMPT_TIMEOUT_MS + LOOK_MS]) {
    await clock.sleep(Math.max(0, lastMs - clock.now()), signal);
    session.askHeartbeats();
    const answeredMs = clock.now() + ANSWER_MS;
    while (clock.now() < answeredMs) {
      if (observation.isKnownUntil(toMs)) return;
      await clock.sleep(LOOK_MS, signal);
    }
  }
}

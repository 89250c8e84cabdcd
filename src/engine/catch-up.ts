import type { Watched } from './observation.ts';
import { ATTEMPT_TIMEOUT_MS } from './sampling.ts';

/** How long the records of agents whose streams broke are waited for, in ms: a stream is given up after 40 s. */
const PATIENCE_MS = 45_000;
const LOOK_MS = 20;

/**
 * Waits until every agent has told of its attempts until `toMs`. Where the API server was away the agents went on
 * probing, and what they recorded comes when their streams are open again.
 */
export async function catchUp(toMs: number, { clock, signal, observation }: Watched): Promise<void> {
  const lastMs = clock.now() + PATIENCE_MS;
  // An attempt is recorded when it ends.
  while (clock.now() < lastMs && !observation.isHeardUntil(toMs + ATTEMPT_TIMEOUT_MS)) {
    await clock.sleep(LOOK_MS, signal);
  }
}

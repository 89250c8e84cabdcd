import type { Clock } from '../../ports/clock.ts';

/** Pauses before the tries, in ms; after the last one the pod is given up. */
const PAUSES_MS: readonly number[] = [0, 100, 300, 1000, 2000, 4000];

/**
 * Tries again and again, a bounded number of times. Rejects with the last failure, at once when `isFinal` says that
 * it is no use, and with the signal's reason when that aborts.
 */
export async function withPatience<T>(options: {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly isFinal?: () => boolean;
  readonly attempt: () => Promise<T>;
}): Promise<T> {
  const { clock, signal, isFinal, attempt } = options;
  let failure: unknown;
  for (const pause of PAUSES_MS) {
    await clock.sleep(pause, signal);
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      failure = error;
      if (isFinal?.()) break;
    }
  }
  throw failure;
}

import type { Clock } from '../../ports/clock.ts';

/** Pauses before the tries, in ms; the last one again and again. */
const PAUSES_MS: readonly number[] = [0, 100, 300, 1000, 2000, 4000];
/** No try begins later than this, in ms: an API server that was away for 20 s, and was frozen so that a try hung, is back. */
const PATIENCE_MS = 40_000;

/**
 * Tries again and again, for a bounded time. Rejects with the last failure, at once when `isFinal` says that it is no
 * use, and with the signal's reason when that aborts.
 */
export async function withPatience<T>(options: {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly isFinal?: (failure: unknown) => boolean;
  readonly attempt: () => Promise<T>;
}): Promise<T> {
  const { clock, signal, isFinal, attempt } = options;
  const lastMs = clock.now() + PATIENCE_MS;
  for (let tried = 0; ; tried += 1) {
    const pauseMs = PAUSES_MS[Math.min(tried, PAUSES_MS.length - 1)] ?? 0;
    await clock.sleep(pauseMs, signal);
    try {
      return await attempt();
    } catch (error) {
      signal.throwIfAborted();
      if (isFinal?.(error) || clock.now() + pauseMs > lastMs) throw error;
    }
  }
}

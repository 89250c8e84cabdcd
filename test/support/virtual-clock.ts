import type { Clock } from '../../src/ports/clock.ts';

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** A clock that jumps to the next sleeper's time as soon as nothing else is left to do: minutes pass in no time. */
export function virtualClock(): Clock {
  let nowMs = 0;
  let pumping = false;
  const sleepers = new Set<Sleeper>();

  const pump = (): void => {
    const next = [...sleepers].reduce<Sleeper | undefined>(
      (first, each) => (first && first.atMs <= each.atMs ? first : each),
      undefined,
    );
    pumping = next !== undefined;
    if (next === undefined) return;
    sleepers.delete(next);
    nowMs = Math.max(nowMs, next.atMs);
    next.wake();
    setImmediate(pump);
  };

  return {
    now: () => nowMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const abort = (): void => {
        sleepers.delete(sleeper);
        reject(signal?.reason);
      };
      const sleeper = {
        atMs: nowMs + Math.max(0, ms),
        wake: () => {
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      sleepers.add(sleeper);
      signal?.addEventListener('abort', abort, { once: true });
      if (!pumping) {
        pumping = true;
        setImmediate(pump);
      }
      await promise;
    },
  };
}

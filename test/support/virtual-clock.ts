import type { Clock } from '../../src/ports/clock.ts';

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

/** Clocks that something sleeps by, with where each was made. */
const running = new Map<Set<Sleeper>, string>();
let over = false;

/** Stops all clocks; tells where those were made that something still sleeps by: a test that left it running. */
export function stopClocks(): readonly string[] {
  over = true;
  return [...running].flatMap(([sleepers, made]) => (sleepers.size > 0 ? [made] : []));
}

/** A clock that jumps to the next sleeper's time as soon as nothing else is left to do: minutes pass in no time. */
export function virtualClock(): Clock {
  let nowMs = 0;
  let pumping = false;
  const sleepers = new Set<Sleeper>();
  const made = placeInTests(new Error('made').stack ?? '');

  const pump = (): void => {
    const next = [...sleepers].reduce<Sleeper | undefined>(
      (first, each) => (first && first.atMs <= each.atMs ? first : each),
      undefined,
    );
    pumping = next !== undefined && !over;
    if (next === undefined) running.delete(sleepers);
    if (next === undefined || over) return;
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
      if (!pumping && !over) {
        pumping = true;
        running.set(sleepers, made);
        setImmediate(pump);
      }
      await promise;
    },
  };
}

/** The line of a test file in a stack. */
function placeInTests(stack: string): string {
  return /\S+\.test\.ts:\d+/.exec(stack)?.[0] ?? stack;
}

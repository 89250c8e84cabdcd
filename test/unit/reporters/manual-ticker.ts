import type { Ticker } from '../../../src/reporters/progress-step.ts';

/** Time that moves only when told to. */
export function manualTicker(): Ticker & { advance(ms: number): void; readonly running: number } {
  let now = 0;
  const timers = new Set<{ next: number; readonly ms: number; readonly callback: () => void }>();
  return {
    now: () => now,
    every(ms, callback) {
      const timer = { next: now + ms, ms, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const until = now + ms;
      for (;;) {
        const due = [...timers].filter((timer) => timer.next <= until).sort((a, b) => a.next - b.next)[0];
        if (due === undefined) break;
        now = due.next;
        due.next += due.ms;
        due.callback();
      }
      now = until;
    },
    get running() {
      return timers.size;
    },
  };
}

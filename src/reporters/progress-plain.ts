import type { Progress } from '../ports/progress.ts';
import { type ProgressStep, stepElapsed, stepLabel, systemTicker, type Ticker } from './progress-step.ts';

/** Where plain progress goes and what it measures time with. */
export interface PlainProgressOptions {
  /** Receives whole lines, newline included. */
  readonly write: (line: string) => void;
  readonly ticker?: Ticker;
  /** Silence after which a step that goes on says so; default 30 s. */
  readonly heartbeatMs?: number;
}

/**
 * Progress as plain lines, for CI and pipes: one at the start and one at the end of each step, and on long steps what
 * is going on every 30 s, because CI systems end jobs that are silent. Disposing it with a step open says that the
 * step did not end well.
 */
export function plainProgress({
  write,
  ticker = systemTicker,
  heartbeatMs = 30_000,
}: PlainProgressOptions): Progress & Disposable {
  let step: ProgressStep | undefined;
  let stopHeartbeat = (): void => {};

  const heartbeat = (): void => {
    if (step === undefined) return;
    const detail = step.detail === '' ? '' : `: ${step.detail}`;
    write(`      still at it after ${stepElapsed(step, ticker)}${detail}\n`);
  };
  const end = (how: string): void => {
    stopHeartbeat();
    if (step === undefined) return;
    write(`${stepLabel(step)}: ${how} ${stepElapsed(step, ticker)}\n`);
    step = undefined;
  };

  return {
    step(title, index, total) {
      end('done in');
      step = { title, index, total, startedMs: ticker.now(), detail: '' };
      write(`${stepLabel(step)} ...\n`);
      stopHeartbeat = ticker.every(heartbeatMs, heartbeat);
    },
    detail(text) {
      if (step !== undefined) step = { ...step, detail: text };
    },
    note(text) {
      write(`${text}\n`);
    },
    done() {
      end('done in');
    },
    [Symbol.dispose]() {
      end('not finished, after');
    },
  };
}

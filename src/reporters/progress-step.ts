import { formatElapsed } from './elapsed.ts';

/** The step that a progress reporter shows. */
export interface ProgressStep {
  readonly title: string;
  readonly index: number | undefined;
  readonly total: number | undefined;
  /** On the reporter's clock. */
  readonly startedMs: number;
  /** Last thing told about it; empty at first. */
  readonly detail: string;
}

/** Time for progress reporters; tests pass a virtual one. */
export interface Ticker {
  /** Monotonic milliseconds. */
  now(): number;
  /** Calls back every `ms` until the returned function is called. Does not keep the program alive. */
  every(ms: number, callback: () => void): () => void;
}

/** The process's own time. */
export const systemTicker: Ticker = {
  now: () => performance.now(),
  every(ms, callback) {
    const timer = setInterval(callback, ms).unref();
    return () => clearInterval(timer);
  },
};

/** `[2/5] load images`, or the title alone. */
export function stepLabel({ title, index, total }: Pick<ProgressStep, 'title' | 'index' | 'total'>): string {
  return index === undefined ? title : `[${index}${total === undefined ? '' : `/${total}`}] ${title}`;
}

/** How long the step has been going on, for people. */
export function stepElapsed(step: ProgressStep, ticker: Ticker): string {
  return formatElapsed(ticker.now() - step.startedMs);
}

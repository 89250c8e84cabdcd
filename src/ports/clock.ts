/** Time as the engine sees it; tests pass a virtual one. */
export interface Clock {
  /** Monotonic milliseconds, with fractions. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Counts what goes on at once in a run, so that a step can say whether it was alone. */
export class Concurrency {
  readonly #now: () => number;
  #count = 0;
  #sharedUntilMs = Number.NEGATIVE_INFINITY;

  /** `now` tells the run's time in ms. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Something begins; disposing the result ends it. */
  begin(): Disposable {
    this.#count += 1;
    return {
      [Symbol.dispose]: () => {
        if (this.#count > 1) this.#sharedUntilMs = this.#now();
        this.#count -= 1;
      },
    };
  }

  /** Whether at most one thing has gone on since `ms`. */
  aloneSince(ms: number): boolean {
    return this.#count <= 1 && this.#sharedUntilMs < ms;
  }
}

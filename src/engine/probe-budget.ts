/** The smallest part of its fair share, as a fraction, with which a lane begins to probe. */
const SMALLEST_PART = 0.5;

/** Attempts a second that a step asks for. */
export interface Demand {
  /** What it needs to be over in the hold that was asked for. */
  readonly least: number;
  /** More than this would be of no use. */
  readonly most: number;
}

/** A lane's part of the run's bound on the probe rate. Disposing gives it back. */
export interface ProbeShare extends Disposable {
  /**
   * Changes the part to what a step gets, in attempts a second: what it needs, or as much of that as is free. It gets
   * no more than a fair share beyond its need, nor while another lane waits to begin.
   */
  take(demand: Demand): number;
}

/** The bound on the attempts a second of a whole run. Lanes lease parts of it; their sum never exceeds it. */
export class ProbeBudget {
  #total: number;
  readonly #parts = new Map<object, number>();
  #queue: (() => void)[] = [];

  /** `attemptsPerSecond` is the bound. */
  constructor(attemptsPerSecond: number) {
    this.#total = attemptsPerSecond;
  }

  /** The bound, in attempts a second. */
  get total(): number {
    return this.#total;
  }

  /** Changes the bound, in attempts a second; a lane that has more than there is gives it up with its next step. */
  set(attemptsPerSecond: number): void {
    this.#total = attemptsPerSecond;
    this.#wakeAll();
  }

  /** Joins the lanes that probe; waits until a useful part is free. Rejects with the signal's reason when that aborts. */
  async join(signal: AbortSignal): Promise<ProbeShare> {
    signal.throwIfAborted();
    const wake = () => this.#wakeAll();
    signal.addEventListener('abort', wake, { once: true });
    try {
      while (this.#free() < (this.#total / (this.#parts.size + 1)) * SMALLEST_PART) {
        await new Promise<void>((resolve) => this.#queue.push(resolve));
        signal.throwIfAborted();
      }
    } finally {
      signal.removeEventListener('abort', wake);
    }
    const key = {};
    this.#parts.set(key, 0);
    this.#parts.set(key, Math.min(this.#free(), this.#fair()));
    return {
      take: (demand) => this.#take(key, demand),
      [Symbol.dispose]: () => {
        this.#parts.delete(key);
        this.#wakeAll();
      },
    };
  }

  #take(key: object, { least, most }: Demand): number {
    const available = Math.max(1, this.#free() + (this.#parts.get(key) ?? 0));
    const fair = Math.min(most, this.#fair());
    const wanted = this.#queue.length > 0 ? fair : Math.max(least, fair);
    const part = Math.min(available, Math.max(1, wanted));
    this.#parts.set(key, part);
    this.#wakeAll();
    return part;
  }

  #free(): number {
    return this.#total - [...this.#parts.values()].reduce((sum, part) => sum + part, 0);
  }

  #fair(): number {
    return this.#total / Math.max(1, this.#parts.size + this.#queue.length);
  }

  #wakeAll(): void {
    for (const wake of this.#queue.splice(0)) wake();
  }
}

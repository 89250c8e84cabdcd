import type { Spread } from '../core/result/result.ts';
import type { ProbeEvent } from '../ports/prober.ts';
import { Histogram } from './histogram.ts';

/** How well a run's probing kept to its plan, over all attempts of all scenarios; takes the same room however many. */
export class ProbingLog {
  readonly #late = new Histogram();
  readonly #clockError = new Histogram();

  /** Takes an event of any session of the run. */
  readonly onEvent = (event: ProbeEvent): void => {
    if (event.kind !== 'attempt') return;
    this.#late.add(event.attempt.latenessMs);
    this.#clockError.add(event.attempt.errorMs);
  };

  /** How late attempts were sent, ms. */
  get late(): Spread | null {
    return this.#late.spread();
  }

  /** Bound of the error of their times, ms. */
  get clockError(): Spread | null {
    return this.#clockError.spread();
  }
}

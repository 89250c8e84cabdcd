/** How long after pods are gone no new ones are made, in ms: plugins forget an address, and its connections, later. */
const REST_MS = 1_500;

/**
 * Keeps the making of pods, the removal of pods and steps apart. A plugin that cleans up after a deleted pod breaks connections
 * of the next pod that got its address: 100 ms were seen. Making and removing a dozen pods takes all that a small machine
 * has for seconds, in which the agents of a step would be late.
 */
export class PodChanges {
  readonly #rest: (ms: number) => Promise<void>;
  #making = 0;
  #removing = false;
  #stepping = 0;
  /** Those that wait for steps to end: no step begins before they had their turn. */
  #wanting = 0;
  #queue: (() => void)[] = [];

  /** `rest` waits. */
  constructor(rest: (ms: number) => Promise<void>) {
    this.#rest = rest;
  }

  /** Runs what makes pods; several at once. */
  async making<T>(make: () => Promise<T>): Promise<T> {
    await this.#turn(() => {
      this.#making += 1;
    });
    try {
      return await make();
    } finally {
      this.#making -= 1;
      this.#tell();
    }
  }

  /** Runs what removes pods, one at a time; new pods wait until it is over, and the addresses are forgotten. */
  async removing(remove: () => Promise<void>): Promise<void> {
    await this.#turn(() => {
      this.#removing = true;
    });
    while (this.#making > 0) await this.#changed();
    try {
      await remove();
      await this.#rest(REST_MS);
    } finally {
      this.#removing = false;
      this.#tell();
    }
  }

  /** Runs a step; several at once, none while pods are made or removed. */
  async stepping<T>(step: () => Promise<T>): Promise<T> {
    while (this.#removing || this.#making + this.#wanting > 0) await this.#changed();
    this.#stepping += 1;
    try {
      return await step();
    } finally {
      this.#stepping -= 1;
      this.#tell();
    }
  }

  /** Waits until nothing is removed and no step runs, and takes the turn in the same moment. */
  async #turn(take: () => void): Promise<void> {
    this.#wanting += 1;
    while (this.#removing || this.#stepping > 0) await this.#changed();
    this.#wanting -= 1;
    take();
    this.#tell();
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => this.#queue.push(resolve));
  }

  #tell(): void {
    for (const wake of this.#queue.splice(0)) wake();
  }
}

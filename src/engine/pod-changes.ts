/** How long after pods are gone no new ones are made, in ms: plugins forget an address, and its connections, later. */
const REST_MS = 1_500;

/**
 * Keeps the making of pods and the removal of pods apart. A plugin that cleans up after a deleted pod breaks connections
 * of the next pod that got its address: 100 ms were seen. Pods that stand are not disturbed.
 */
export class PodChanges {
  readonly #rest: (ms: number) => Promise<void>;
  #making = 0;
  #removing = false;
  #queue: (() => void)[] = [];

  /** `rest` waits. */
  constructor(rest: (ms: number) => Promise<void>) {
    this.#rest = rest;
  }

  /** Runs what makes pods; several at once. */
  async making<T>(make: () => Promise<T>): Promise<T> {
    while (this.#removing) await this.#changed();
    this.#making += 1;
    try {
      return await make();
    } finally {
      this.#making -= 1;
      this.#tell();
    }
  }

  /** Runs what removes pods, one at a time; new pods wait until it is over, and the addresses are forgotten. */
  async removing(remove: () => Promise<void>): Promise<void> {
    while (this.#removing) await this.#changed();
    this.#removing = true;
    while (this.#making > 0) await this.#changed();
    try {
      await remove();
      await this.#rest(REST_MS);
    } finally {
      this.#removing = false;
      this.#tell();
    }
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => this.#queue.push(resolve));
  }

  #tell(): void {
    for (const wake of this.#queue.splice(0)) wake();
  }
}

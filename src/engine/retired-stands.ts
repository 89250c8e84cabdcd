import type { Clock } from '../ports/clock.ts';
import type { Cluster } from '../ports/cluster.ts';
import { removeNamespaces } from './cleanup.ts';
import type { Concurrency } from './concurrency.ts';
import type { PodChanges } from './pod-changes.ts';
import type { Stand } from './stand.ts';

/** What removal works with. */
export interface RetiredStandsContext {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly runId: string;
  readonly podChanges: PodChanges;
  readonly concurrency: Concurrency;
  /** Pods that may stand unused before they are removed; those left at the end of a run go with its namespaces. */
  readonly unusedPods: number;
}

/** Stands that no scenario uses any more. They are removed many at a time: each removal holds up the making of pods. */
export class RetiredStands {
  readonly #context: RetiredStandsContext;
  #retired: Stand[] = [];
  #removal: Promise<void> = Promise.resolve();

  constructor(context: RetiredStandsContext) {
    this.#context = context;
  }

  /** Detaches from a stand, and has it removed when enough of them are. */
  async add(stand: Stand): Promise<void> {
    await stand[Symbol.asyncDispose]();
    this.#retired.push(stand);
    const pods = this.#retired.reduce((sum, { topology }) => sum + topology.pods.size, 0);
    if (pods > this.#context.unusedPods) void this.removeAll();
  }

  /** Removes all that are retired, and settles when they are gone. Never rejects: the end of the run tries again. */
  removeAll(): Promise<void> {
    const names = this.#retired.splice(0).flatMap(({ namespaces }) => namespaces);
    if (names.length > 0) this.#removal = this.#removal.then(() => this.#remove(names)).catch(() => {});
    return this.#removal;
  }

  async #remove(names: readonly string[]): Promise<void> {
    const { cluster, clock, runId, podChanges, concurrency } = this.#context;
    using _ = concurrency.begin();
    await podChanges.removing(async () => {
      await removeNamespaces(cluster, clock, { runId, names, wait: true });
    });
  }
}

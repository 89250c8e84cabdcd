import type { NetproofError } from '../core/diagnostics/errors.ts';
import type { Cluster } from '../ports/cluster.ts';
import type { RunEvents } from '../ports/run-events.ts';

/** Codes of errors that say: no answer of the API server, for as long as one is waited for. */
const AWAY: ReadonlySet<string> = new Set(['cluster-unreachable', 'cluster-timeout']);

/** Finds out, after a scenario met trouble, whether the whole run has lost its cluster. */
export class LostCluster {
  readonly #cluster: Cluster;
  readonly #signal: AbortSignal;
  readonly #giveUp: () => void;
  #lost = false;

  /** `giveUp` is called once, when the cluster is lost. */
  constructor(settings: { readonly cluster: Cluster; readonly signal: AbortSignal; readonly giveUp: () => void }) {
    this.#cluster = settings.cluster;
    this.#signal = settings.signal;
    this.#giveUp = settings.giveUp;
  }

  /** Whether the cluster was given up. */
  get lost(): boolean {
    return this.#lost;
  }

  /**
   * Asks the API server once more, with the same patience, after an error that may come of its being away, such as a
   * stream to a pod that broke. One that stays away is not waited for by hundreds of scenarios one after the other.
   */
  async askAfter(error: NetproofError, events: RunEvents): Promise<void> {
    if (this.#lost || !(await this.#isAway()) || this.#lost) return;
    this.#lost = true;
    events({
      kind: 'warning',
      code: 'cluster-lost',
      message: `the API server stays away: what has not begun is not run (${error.message})`,
      hint: 'see "netproof status", run again, and "netproof clean" if nothing does',
    });
    this.#giveUp();
  }

  async #isAway(): Promise<boolean> {
    const ref = { apiVersion: 'v1', kind: 'Namespace', name: 'kube-system' };
    try {
      await this.#cluster.get(ref, { signal: this.#signal });
      return false;
    } catch (error) {
      this.#signal.throwIfAborted();
      return AWAY.has((error as NetproofError).code);
    }
  }
}

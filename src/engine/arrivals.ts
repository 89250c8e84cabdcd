import type { Cell } from '../core/matrix/cell.ts';
import type { Attempt } from '../core/matrix/outcome.ts';
import type { Arrivals } from '../ports/prober.ts';

/** An agent uses a source port for one destination once in 180 s: what it says of older ones is forgotten, ms. */
const KEPT_MS = 60_000;

/** Which datagrams and SYNs reached the pods that they were sent to. A policy may let them in and stop the answers. */
export class ArrivalLog {
  /** By sender, destination and port: when each source port was told of. */
  readonly #told = new Map<string, Map<number, number>>();

  /** Takes what the agent of the pod `to` tells at `atMs`. */
  add(to: string, arrivals: readonly Arrivals[], atMs: number): void {
    for (const { from, port, sourcePorts } of arrivals) {
      const key = keyOf(from, to, port);
      const told = this.#told.get(key) ?? new Map<number, number>();
      this.#told.set(key, told);
      for (const source of sourcePorts) told.set(source, atMs);
    }
  }

  /** The attempt, marked where what it sent arrived and no answer came back. Only a pod that is dialled directly tells. */
  mark({ from, to, port, path }: Cell, attempt: Attempt): Attempt {
    const { sourcePort, sourceAddress, outcome, sentMs } = attempt;
    if (sourcePort === undefined || path !== 'pod-ip' || (outcome !== 'dropped' && outcome !== 'refused'))
      return attempt;
    const toldMs = this.#told.get(keyOf(sourceAddress ?? from, to, port))?.get(sourcePort);
    return toldMs === undefined || toldMs < sentMs - attempt.errorMs ? attempt : { ...attempt, arrived: true };
  }

  /** Forgets what was told long before `nowMs`. */
  prune(nowMs: number): void {
    for (const told of this.#told.values()) {
      for (const [source, atMs] of told) if (atMs < nowMs - KEPT_MS) told.delete(source);
    }
  }
}

function keyOf(from: string, to: string, port: number): string {
  return `${from} ${to} ${port}`;
}

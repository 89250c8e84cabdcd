/** One question for the time: when it was asked and answered on our clock, and what the agent's clock said. */
export interface RoundTrip {
  readonly askedMs: number;
  readonly answeredMs: number;
  readonly agentMs: number;
}

/** How an agent's clock lies to ours: `ours = agent's + offsetMs`, wrong by at most `errorMs`. */
export interface Offset {
  readonly offsetMs: number;
  readonly errorMs: number;
}

/** Two monotonic clocks drift apart by no more than time synchronisation may slew them, 500 ppm each (adjtimex(2)). */
const DRIFT = 0.001;
const KEPT = 32;

/** The agent read its clock between question and answer: half the round trip is the bound. */
function bound(trip: RoundTrip, nowMs: number): number {
  return (trip.answeredMs - trip.askedMs) / 2 + Math.max(0, nowMs - trip.answeredMs) * DRIFT;
}

/** Aligns an agent's clock by round trips: the one with the smallest bound counts, and grows old. */
export class Alignment {
  #trips: RoundTrip[] = [];

  add(trip: RoundTrip): void {
    this.#trips = [...this.#trips.slice(1 - KEPT), trip];
  }

  /** Forgets everything: the agent is another process now. */
  reset(): void {
    this.#trips = [];
  }

  /** The best offset known at `nowMs`; undefined before the first round trip. */
  at(nowMs: number): Offset | undefined {
    let best: Offset | undefined;
    for (const trip of this.#trips) {
      const errorMs = bound(trip, nowMs);
      if (best === undefined || errorMs < best.errorMs) {
        best = { offsetMs: (trip.askedMs + trip.answeredMs) / 2 - trip.agentMs, errorMs };
      }
    }
    return best;
  }
}

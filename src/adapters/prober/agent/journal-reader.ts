import type { Probe, ProbeEvent } from '../../../ports/prober.ts';
import type { Alignment } from './alignment.ts';
import { toEvent } from './events.ts';
import type { WireRecord } from './wire.ts';

/**
 * Turns the records of one agent into events. Remembers the last number seen: what comes again is left out, a jump is
 * a gap. A gap reaches back by the longest attempt, since an attempt is recorded when it ends.
 */
export class JournalReader {
  readonly #pod: string;
  readonly #alignment: Alignment;
  readonly #onEvent: (event: ProbeEvent) => void;
  readonly #probes = new Map<number, Probe>();
  #longestMs = 0;
  #last: { readonly n: number; readonly atMs: number } | undefined;

  constructor(options: {
    readonly pod: string;
    readonly alignment: Alignment;
    readonly onEvent: (event: ProbeEvent) => void;
  }) {
    this.#pod = options.pod;
    this.#alignment = options.alignment;
    this.#onEvent = options.onEvent;
  }

  /** Number of the last record seen; undefined before the first one. */
  get lastNumber(): number | undefined {
    return this.#last?.n;
  }

  /** Probes whose attempts will come. Earlier ones stay known: their last attempts may still be under way. */
  expect(probes: readonly Probe[]): void {
    for (const probe of probes) {
      this.#probes.set(probe.id, probe);
      this.#longestMs = Math.max(this.#longestMs, probe.timeoutMs);
    }
  }

  read(record: WireRecord, nowMs: number): void {
    const offset = this.#alignment.at(nowMs);
    if (offset === undefined || (this.#last !== undefined && record.n <= this.#last.n)) return;
    const atMs = record.at + offset.offsetMs;
    if (this.#last !== undefined && record.n > this.#last.n + 1) {
      this.#gap(atMs, `${record.n - this.#last.n - 1} records overflowed the agent's buffer`);
    }
    this.#last = { n: record.n, atMs };
    const event = toEvent(record, { pod: this.#pod, offset, probes: this.#probes });
    if (event !== undefined) this.#onEvent(event);
  }

  /** The agent's journal is gone: marks the time since the last record as unknown and begins anew. */
  restart(nowMs: number, reason: string): void {
    if (this.#last !== undefined) this.#gap(nowMs, reason);
    this.#last = undefined;
  }

  #gap(toMs: number, reason: string): void {
    const fromMs = (this.#last?.atMs ?? toMs) - this.#longestMs;
    this.#onEvent({ kind: 'gap', pod: this.#pod, fromMs, toMs, reason });
  }
}

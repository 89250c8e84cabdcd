import type { Clock } from '../../../ports/clock.ts';
import type { Alignment } from './alignment.ts';
import type { JournalReader } from './journal-reader.ts';
import { parseLine, type WireCommand, type WireProbe } from './wire.ts';

/** Round trips before an agent begins: enough for one without a queue in its way. */
const FIRST_TRIPS = 4;

/**
 * What is said over one stream after the other, as long as the session lasts: greets, aligns the clock, then begins
 * (or goes on where the last stream broke) with the current schedule.
 */
export class Conversation {
  readonly #pod: string;
  readonly #clock: Clock;
  readonly #alignment: Alignment;
  readonly #reader: JournalReader;
  #say: (command: WireCommand) => void = () => {};
  #begun: () => void = () => {};
  #boot: number | undefined;
  #asked = new Map<number, number>();
  #trips = 0;
  #questions = 0;
  #schedule: { readonly id: number; readonly probes: readonly WireProbe[] } = { id: 0, probes: [] };
  #waiting: { readonly id: number; readonly taken: () => void }[] = [];
  #over = false;
  /** When the agent last said anything, on our clock. */
  heardMs = 0;
  /** Why it is no use to try again; undefined while it is. */
  refusal: string | undefined;

  constructor(options: {
    readonly pod: string;
    readonly clock: Clock;
    readonly alignment: Alignment;
    readonly reader: JournalReader;
  }) {
    this.#pod = options.pod;
    this.#clock = options.clock;
    this.#alignment = options.alignment;
    this.#reader = options.reader;
  }

  /** A new stream is open; settles when the agent's clock is aligned and its records flow. */
  open(say: (command: WireCommand) => void): Promise<void> {
    this.#say = say;
    this.#asked = new Map();
    this.#trips = 0;
    this.heardMs = this.#clock.now();
    return new Promise((resolve) => {
      this.#begun = resolve;
    });
  }

  /** Replaces the schedule; settles when the agent has taken it, over whichever stream, or the pod was given up. */
  async schedule(probes: readonly WireProbe[]): Promise<void> {
    if (this.#over) return;
    this.#schedule = { id: this.#schedule.id + 1, probes };
    const { id } = this.#schedule;
    const taken = new Promise<void>((resolve) => this.#waiting.push({ id, taken: resolve }));
    if (this.#boot !== undefined) this.#say({ do: 'schedule', ...this.#schedule });
    await taken;
  }

  /** The agent is gone for good: nobody waits for it any longer. */
  giveUp(): void {
    this.#over = true;
    this.#taken(Number.POSITIVE_INFINITY);
  }

  /** Asks for the time; the answer aligns the clocks. */
  askTime(): void {
    this.#questions += 1;
    this.#asked.set(this.#questions, this.#clock.now());
    this.#say({ do: 'time', id: this.#questions });
  }

  /** Asks for a heartbeat, or for SYNs without a handshake in one. While no stream is open nothing is asked. */
  ask(what: 'beat' | 'half-open'): void {
    if (this.#trips >= FIRST_TRIPS) this.#say({ do: what });
  }

  /** A line of the agent. Throws when it is none, or when another pod's agent answers. */
  hear(text: string): void {
    const line = parseLine(text);
    this.heardMs = this.#clock.now();
    if (line.kind === 'hello') this.#greeted(line.boot, line.identity);
    else if (line.kind === 'time') this.#timed(line.id, line.at);
    else if (line.kind === 'scheduled') this.#taken(line.id);
    else this.#reader.read(line, this.heardMs);
  }

  #greeted(boot: number, identity: string): void {
    if (identity !== this.#pod) {
      this.refusal = `the agent answers as ${identity}, not as ${this.#pod}`;
      throw new Error(this.refusal);
    }
    if (this.#boot !== undefined && this.#boot !== boot) {
      this.#reader.restart(this.heardMs, 'the agent restarted');
      this.#alignment.reset();
    }
    this.#boot = boot;
    this.askTime();
  }

  #timed(id: number, agentMs: number): void {
    const askedMs = this.#asked.get(id);
    if (askedMs === undefined) return;
    this.#asked.delete(id);
    this.#alignment.add({ askedMs, answeredMs: this.heardMs, agentMs });
    this.#trips += 1;
    if (this.#trips < FIRST_TRIPS) this.askTime();
    if (this.#trips === FIRST_TRIPS) this.#begin();
  }

  #begin(): void {
    const after = this.#reader.lastNumber;
    this.#say(after === undefined ? { do: 'start' } : { do: 'resume', after });
    this.#say({ do: 'schedule', ...this.#schedule });
    this.#begun();
  }

  #taken(id: number): void {
    for (const waiting of this.#waiting) if (waiting.id <= id) waiting.taken();
    this.#waiting = this.#waiting.filter((waiting) => waiting.id > id);
  }
}

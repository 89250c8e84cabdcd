import { type Choosable, type ChoosingLane, chooseNext } from './lane-choice.ts';
import type { Stand } from './stand.ts';

/** A place where scenarios run one after the other, with the pods that it keeps between them. */
export class Lane implements ChoosingLane {
  /** What the lane keeps for the next scenario; undefined: nothing. */
  stand: Stand | undefined;

  /** Shape of the scenario under way, else of the pods kept. */
  running: string | undefined;

  /** The shape that the choice of the next scenario goes by. */
  get shape(): string | undefined {
    return this.running ?? this.stand?.shape;
  }
}

/** A scenario that is to run in a lane. */
export interface LaneJob extends Choosable {
  /** Nothing else may go on meanwhile: it runs after everything that is not. */
  readonly alone: boolean;
  /** Runs it. Never rejects. */
  readonly run: (lane: Lane) => Promise<void>;
  /** It will not run. */
  readonly refuse: (reason: unknown) => void;
}

/** Runs scenarios in lanes: as many at once as lanes are open, those that have to be alone at the end. */
export class Lanes {
  readonly #clear: (lanes: readonly Lane[]) => Promise<void>;
  readonly #idle: Lane[] = [];
  readonly #busy = new Set<Lane>();
  #open = 1;
  #most = Number.POSITIVE_INFINITY;
  #waiting: LaneJob[] = [];
  #emptied: (() => void)[] = [];
  #pumping = false;
  #alone = false;

  /** `clear` removes what lanes keep, before a scenario runs alone. Never rejects. */
  constructor(clear: (lanes: readonly Lane[]) => Promise<void>) {
    this.#clear = clear;
  }

  /** Opens lanes; one is open from the start. */
  open(count: number): void {
    this.#open = Math.min(this.#most, Math.max(this.#open, count));
    this.#pump();
  }

  /** Closes a lane, but the last one: the cluster does not keep up with so many. What runs in it goes on. */
  narrow(): void {
    this.#most = Math.max(1, Math.min(this.#most, this.#open) - 1);
    this.#open = Math.min(this.#open, this.#most);
  }

  /** Lets the next `open` open one lane more again: the cluster has kept up for a while. */
  widen(): void {
    this.#most += 1;
  }

  /** How many lanes are open. */
  get count(): number {
    return this.#open;
  }

  /** Adds a scenario. What is added in one go is chosen from together. */
  add(job: LaneJob): void {
    this.#waiting.push(job);
    if (this.#pumping) return;
    this.#pumping = true;
    queueMicrotask(() => {
      this.#pumping = false;
      this.#pump();
    });
  }

  /** Refuses what has not begun. */
  refuseWaiting(reason: unknown): void {
    for (const job of this.#waiting.splice(0)) job.refuse(reason);
  }

  /** Settles when no lane is busy and nothing waits. */
  async idle(): Promise<void> {
    while (this.#busy.size + this.#waiting.length > 0) {
      await new Promise<void>((resolve) => this.#emptied.push(resolve));
    }
  }

  #pump(): void {
    while (!this.#alone) {
      const room = this.#open - this.#busy.size;
      const blank = room > this.#idle.length ? [new Lane()] : [];
      const next = chooseNext(
        this.#waiting.filter(({ alone }) => !alone),
        room > 0 ? [...this.#idle, ...blank] : [],
        [...this.#busy],
      );
      if (next === undefined) break;
      void this.#start(next.job, next.lane);
    }
    const alone = this.#waiting[0];
    if (this.#busy.size === 0 && alone !== undefined) void this.#start(alone, new Lane());
  }

  async #start(job: LaneJob, lane: Lane): Promise<void> {
    this.#waiting = this.#waiting.filter((each) => each !== job);
    this.#alone = job.alone;
    const kept = job.alone ? this.#idle.splice(0) : [];
    if (this.#idle.includes(lane)) this.#idle.splice(this.#idle.indexOf(lane), 1);
    lane.running = job.shape;
    this.#busy.add(lane);
    await this.#clear(kept);
    await job.run(lane);
    lane.running = undefined;
    this.#busy.delete(lane);
    this.#alone = false;
    if (!job.alone) this.#idle.push(lane);
    this.#pump();
    if (this.#busy.size + this.#waiting.length === 0) for (const tell of this.#emptied.splice(0)) tell();
  }
}

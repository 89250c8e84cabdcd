import type { Clock } from '../../../ports/clock.ts';
import type { LineStream } from '../stream.ts';
import type { HeardTimes } from './sent.ts';
import { parseShellLine } from './shell.ts';

/** How a command went; `failed` when nothing is known of it. */
export type WgetRun =
  | { readonly kind: 'ended'; readonly heard: HeardTimes; readonly code: number; readonly output: string }
  | { readonly kind: 'failed'; readonly askedMs: number; readonly reason: string };

interface Pending {
  readonly askedMs: number;
  startedMs: number | undefined;
  readonly settle: (run: WgetRun) => void;
}

/** A stream whose shell does not say for so long that a command starts is dead. */
const START_LIMIT_MS = 10_000;
/** Resolvers give up after some 30 s; wget itself is bounded by 2 s. */
const RUN_LIMIT_MS = 60_000;

/** Runs commands over the current stream and tells them apart by their numbers. */
export class WgetRunner {
  readonly #clock: Clock;
  readonly #pending = new Map<number, Pending>();
  #number = 0;
  #stream: LineStream | undefined;
  #ready: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Settles when the shell of a new stream is ready. */
  ready(): Promise<void> {
    return new Promise((resolve) => {
      this.#ready = resolve;
    });
  }

  /** The stream that commands go over. */
  use(stream: LineStream): void {
    this.#stream = stream;
  }

  /** The stream is over: nothing is known of what was under way. */
  lose(reason: string): void {
    this.#stream = undefined;
    for (const { askedMs, settle } of this.#pending.values()) settle({ kind: 'failed', askedMs, reason });
    this.#pending.clear();
  }

  /** Runs wget once; undefined while there is no stream. */
  run(url: string): Promise<WgetRun> | undefined {
    const stream = this.#stream;
    if (stream === undefined) return undefined;
    this.#number += 1;
    const number = this.#number;
    const askedMs = this.#clock.now();
    const run = new Promise<WgetRun>((settle) => this.#pending.set(number, { askedMs, startedMs: undefined, settle }));
    stream.say(`${number} ${url}`);
    return run;
  }

  /** Closes the stream when a command has been waiting for too long. */
  check(): void {
    const nowMs = this.#clock.now();
    for (const { askedMs, startedMs } of this.#pending.values()) {
      const limitMs = startedMs === undefined ? START_LIMIT_MS : RUN_LIMIT_MS;
      if (nowMs - askedMs > limitMs) this.#stream?.close();
    }
  }

  /** A line of the shell. Throws when it is none. */
  hear(text: string): void {
    const line = parseShellLine(text);
    if (line.kind === 'ready') {
      this.#ready();
      return;
    }
    const pending = this.#pending.get(line.number);
    if (pending === undefined) return;
    const nowMs = this.#clock.now();
    if (line.kind === 'started') {
      pending.startedMs = nowMs;
      return;
    }
    this.#pending.delete(line.number);
    const heard = { askedMs: pending.askedMs, startedMs: pending.startedMs ?? nowMs, endedMs: nowMs };
    pending.settle({ kind: 'ended', heard, code: line.code, output: line.output });
  }
}

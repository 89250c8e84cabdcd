import type { AgentHealth, Span, UnknownSpan } from '../core/judge/record.ts';
import type { BoundPort, ProbeEvent } from '../ports/prober.ts';

/** An agent later than this, in ms, makes a failed attempt unknown (design: "Lateness"). */
const LATE_MS = 100;
/** For so long, in ms, the kernel's queue takes the connections that a late agent does not: 511 of them in Node.js. */
const QUEUED_MS = 1_000;
/** A canary attempt that failed makes this long around it unknown, in ms. */
const CANARY_MARGIN_MS = 250;
/** Heartbeats come every 500 ms, later by what the agent was: a longer silence, in ms, is unknown, and proves no port as bound. */
const SILENCE_MS = 1_500;

type HealthEvent = Exclude<ProbeEvent, { kind: 'attempt' }>;

/** Collects what an agent says of itself and answers with its health over a span of time. */
export class HealthLog {
  readonly #pod: string;
  readonly #unknown: UnknownSpan[] = [];
  readonly #bound = new Map<string, Span[]>();
  #lastHeartbeatMs: number | undefined;
  /** Of the last heartbeat: all records until then have come, and how late the agent was until then is known. */
  #toldUntilMs = Number.NEGATIVE_INFINITY;
  #endedMs = Number.NEGATIVE_INFINITY;
  #heard = false;
  #lost = false;

  /** `pod` is the logical name. */
  constructor(pod: string) {
    this.#pod = pod;
  }

  /** Takes an event of this pod, in order of arrival. */
  add(event: HealthEvent): void {
    switch (event.kind) {
      case 'heartbeat':
        this.#heartbeat(event);
        break;
      case 'canary':
        if (event.attempt.outcome !== 'open') this.#canaryFailed(event.attempt);
        break;
      case 'gap':
        this.#unknown.push({ fromMs: event.fromMs, toMs: event.toMs, reason: event.reason });
        this.#lastHeartbeatMs = undefined;
        break;
      case 'lost':
        this.#lost = true;
        this.#unknown.push({
          fromMs: this.#lastHeartbeatMs ?? Number.NEGATIVE_INFINITY,
          toMs: Number.POSITIVE_INFINITY,
          reason: event.cause,
        });
        break;
    }
  }

  /** Whether every attempt that the pod sent before `atMs` has ended and been heard of, or nothing of it will ever be. */
  hasEnded(atMs: number): boolean {
    return !this.#heard || this.#lost || this.#endedMs >= atMs;
  }

  /** Whether everything that the agent recorded until `atMs` has been heard, or nothing of it will ever be. */
  isHeardUntil(atMs: number): boolean {
    return !this.#heard || this.#lost || this.#toldUntilMs >= atMs;
  }

  /**
   * Health as it stands, growing with every event that comes after. A port that the last heartbeat listed counts as
   * bound from then on: what a step waits for may be guessed, what it is judged by may not.
   */
  live(): AgentHealth {
    const log = this;
    return {
      pod: this.#pod,
      unknown: this.#unknown,
      get bound() {
        return log.#boundUntil((span) => (span.toMs === log.#lastHeartbeatMs ? Number.POSITIVE_INFINITY : span.toMs));
      },
    };
  }

  /** Health from `fromMs` to `toMs`; what ended before is forgotten for good. */
  between(fromMs: number, toMs: number): AgentHealth {
    const recent = <S extends Span>(spans: S[]) =>
      spans.splice(0, spans.length, ...spans.filter((span) => span.toMs >= fromMs));
    recent(this.#unknown);
    for (const spans of this.#bound.values()) recent(spans);
    const last = this.#lastHeartbeatMs;
    const silent =
      last !== undefined && toMs - last > SILENCE_MS ? [{ fromMs: last, toMs, reason: 'no heartbeat' }] : [];
    return { pod: this.#pod, unknown: [...this.#unknown, ...silent], bound: this.#boundUntil(({ toMs: end }) => end) };
  }

  #boundUntil(end: (span: Span) => number): AgentHealth['bound'] {
    if (!this.#heard) return undefined;
    const copy = (spans: readonly Span[]) => spans.map((span) => ({ fromMs: span.fromMs, toMs: end(span) }));
    return new Map([...this.#bound].map(([port, spans]) => [port, copy(spans)]));
  }

  #heartbeat(event: Extract<HealthEvent, { kind: 'heartbeat' }>): void {
    const { atMs, latenessMs } = event;
    this.#heard = true;
    this.#toldUntilMs = Math.max(this.#toldUntilMs, atMs);
    this.#endedMs = Math.max(this.#endedMs, event.endedMs);
    const previous = this.#lastHeartbeatMs;
    if (latenessMs > LATE_MS) {
      this.#unknown.push({
        // It ran when it gave the heartbeat before, which told how late it was until then.
        fromMs: Math.max(atMs - latenessMs - LATE_MS, previous ?? Number.NEGATIVE_INFINITY),
        toMs: atMs,
        reason: `agent late by ${Math.round(latenessMs)} ms`,
        ...(latenessMs <= QUEUED_MS && { late: true }),
      });
    }
    const continued = previous !== undefined && atMs - previous <= SILENCE_MS;
    if (previous !== undefined && !continued) {
      this.#unknown.push({ fromMs: previous, toMs: atMs, reason: 'no heartbeat' });
    }
    for (const bound of event.bound) this.#extend(bound, previous, continued, atMs);
    this.#lastHeartbeatMs = atMs;
  }

  #extend(
    { port: number, protocol, sinceMs }: BoundPort,
    previousMs: number | undefined,
    continued: boolean,
    atMs: number,
  ): void {
    const port = `${number}/${protocol}`;
    const spans = this.#bound.get(port) ?? [];
    const last = spans.at(-1);
    if (last !== undefined && continued && last.toMs === previousMs)
      spans[spans.length - 1] = { fromMs: last.fromMs, toMs: atMs };
    else spans.push({ fromMs: Math.min(atMs, Math.max(sinceMs, last?.toMs ?? sinceMs)), toMs: atMs });
    this.#bound.set(port, spans);
  }

  #canaryFailed(attempt: Extract<HealthEvent, { kind: 'canary' }>['attempt']): void {
    this.#unknown.push({
      fromMs: attempt.sentMs - CANARY_MARGIN_MS,
      toMs: attempt.sentMs + attempt.durationMs + CANARY_MARGIN_MS,
      reason: `canary ${attempt.outcome}`,
    });
  }
}

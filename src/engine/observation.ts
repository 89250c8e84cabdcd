import type { HeldConnection } from '../core/judge/held-connection.ts';
import type { AgentHealth, CellSeries } from '../core/judge/record.ts';
import { type Cell, cellName } from '../core/matrix/cell.ts';
import type { Attempt } from '../core/matrix/outcome.ts';
import type { PlannedCell } from '../core/scenario/planned-step.ts';
import type { ProbeEvent, ProbeSession } from '../ports/prober.ts';
import { HealthLog } from './agent-health.ts';
import { ArrivalLog } from './arrivals.ts';
import { HeldAttempts, type HeldProbes } from './held-connections.ts';
import type { ScenarioContext } from './scenario-context.ts';

/** Hears of an attempt of the step's cell at `index`. */
type AttemptListener = (index: number, attempt: Attempt) => void;

/** Probing that something waits for. */
export interface Watched extends Pick<ScenarioContext, 'clock' | 'signal'> {
  readonly observation: Observation;
  readonly session: Pick<ProbeSession, 'askHeartbeats'>;
}

/** Everything that a session's probing has told, sorted by cell and by pod. One for each scenario. */
export class Observation {
  /** Attempts of connections that are held open. */
  readonly held = new HeldAttempts();
  readonly #health = new Map<string, HealthLog>();
  readonly #arrivals = new ArrivalLog();
  readonly #ids = new Map<string, number>();
  #given = -1;
  #cells = new Map<number, { readonly index: number; readonly planned: PlannedCell; readonly attempts: Attempt[] }>();
  #listener: AttemptListener = () => {};
  #lost: { readonly pod: string; readonly cause: string } | undefined;

  /** Takes an event of the session; to be given to `Prober.attach`. */
  readonly onEvent = (event: ProbeEvent): void => {
    if (event.kind === 'attempt') {
      this.held.add(event.probe, event.attempt);
      const series = this.#cells.get(event.probe);
      series?.attempts.push(event.attempt);
      if (series !== undefined) this.#listener(series.index, this.#arrivals.mark(series.planned.cell, event.attempt));
      return;
    }
    if (event.kind === 'heartbeat' && event.arrivals !== undefined) {
      this.#arrivals.add(event.pod, event.arrivals, event.atMs);
      this.#arrivals.prune(event.atMs);
    }
    if (event.kind === 'lost') this.#lost ??= event;
    const log = this.#health.get(event.pod) ?? new HealthLog(event.pod);
    this.#health.set(event.pod, log);
    log.add(event);
  };

  /** The first pod whose probing ended for good, if one did. */
  get lost(): { readonly pod: string; readonly cause: string } | undefined {
    return this.#lost;
  }

  /** The id of a cell's probe: the same through all steps of the session, so that its attempts go on without a break. */
  idOf(cell: Cell): number {
    const name = cellName(cell);
    const id = this.#ids.get(name) ?? this.#nextId();
    this.#ids.set(name, id);
    return id;
  }

  #nextId(): number {
    this.#given += 1;
    return this.#given;
  }

  /**
   * Goes on with these cells when pods come and go: what is fresh among them gets a probe and a series of its own, unless
   * it was `begun` already.
   */
  renew(cells: readonly PlannedCell[], begun: ReadonlySet<string> = new Set()): void {
    const series = this.#cells;
    for (const { cell, fresh } of cells) {
      if (fresh && !begun.has(cellName(cell))) this.#ids.set(cellName(cell), this.#nextId());
    }
    this.#cells = new Map(
      cells.map((planned, index) => {
        const id = this.idOf(planned.cell);
        return [id, { index, planned, attempts: series.get(id)?.attempts ?? [] }];
      }),
    );
  }

  /** Forgets a pod that is to go: another may take its name. */
  forget(pod: string): void {
    this.#health.delete(pod);
    if (this.#lost?.pod === pod) this.#lost = undefined;
  }

  /** Starts new series for these cells, with what was sent to them from `fromMs` on, in the step before. */
  begin(cells: readonly PlannedCell[], fromMs = Number.POSITIVE_INFINITY): void {
    const earlier = this.#cells;
    this.#cells = new Map(
      cells.map((planned, index) => {
        const id = this.idOf(planned.cell);
        const attempts = earlier.get(id)?.attempts.filter(({ sentMs }) => sentMs >= fromMs) ?? [];
        return [id, { index, planned, attempts }];
      }),
    );
    this.#listener = () => {};
  }

  /** Gives the listener every attempt of the step so far, then each one as it arrives. */
  replay(listener: AttemptListener): void {
    for (const { index, planned, attempts } of this.#cells.values()) {
      for (const attempt of attempts) listener(index, this.#arrivals.mark(planned.cell, attempt));
    }
    this.#listener = listener;
  }

  /** The series of attempts sent from `fromMs` on and before `toMs`, each ordered by when they were sent. */
  series(fromMs = Number.NEGATIVE_INFINITY, toMs = Number.POSITIVE_INFINITY): readonly CellSeries[] {
    return [...this.#cells.values()].map(({ planned, attempts }) => ({
      planned,
      attempts: attempts
        .filter(({ sentMs }) => sentMs >= fromMs && sentMs < toMs)
        .map((attempt) => this.#arrivals.mark(planned.cell, attempt))
        .sort((a, b) => a.sentMs - b.sentMs),
    }));
  }

  /** What came of these connections in attempts sent from `fromMs` on; marked where what was dialled again arrived. */
  takeHeld(held: readonly HeldProbes[], fromMs: number): readonly HeldConnection[] {
    return this.held.take(held, fromMs).map((connection) => {
      const { cell, heir = cell, again } = connection;
      return { ...connection, again: again && this.#arrivals.mark(heir, again) };
    });
  }

  /** Whether of every wget cell an attempt has ended that was under way at `atMs` or began later: none before it is left. */
  wgetsEnded(atMs: number): boolean {
    return [...this.#cells.values()].every(({ planned, attempts }) => {
      const last = attempts.at(-1);
      return planned.cell.method !== 'wget' || (last !== undefined && last.sentMs + last.durationMs >= atMs);
    });
  }

  /**
   * Whether every attempt that agents sent before `atMs` has ended and come, and how late all agents were until then,
   * where either ever will.
   */
  isKnownUntil(atMs: number): boolean {
    const logs = [...this.#health.values()];
    if (!logs.every((log) => log.hasEnded(atMs))) return false;
    const lastMs = this.#lastEndMs(atMs);
    return logs.every((log) => log.isHeardUntil(lastMs));
  }

  /** Whether an answer to every attempt of an agent is expected: none has to last as long as it may. */
  get wantsAnswers(): boolean {
    return [...this.#cells.values()].every(
      ({ planned: { cell, expected } }) => cell.method !== 'agent' || expected === 'open',
    );
  }

  /** When the last attempt ended that agents sent before `atMs`; not before that time. */
  #lastEndMs(atMs: number): number {
    let last = atMs;
    for (const { planned, attempts } of this.#cells.values()) {
      if (planned.cell.method !== 'agent') continue;
      for (const { sentMs, durationMs } of attempts) if (sentMs < atMs) last = Math.max(last, sentMs + durationMs);
    }
    return last;
  }

  /** Health of every pod that was heard of, growing with every event that comes after. */
  liveHealth(): ReadonlyMap<string, AgentHealth> {
    return new Map([...this.#health].map(([pod, log]) => [pod, log.live()]));
  }

  /** Health of every pod that was heard of, from `fromMs` to `toMs`. */
  health(fromMs: number, toMs: number): ReadonlyMap<string, AgentHealth> {
    return new Map([...this.#health].map(([pod, log]) => [pod, log.between(fromMs, toMs)]));
  }
}

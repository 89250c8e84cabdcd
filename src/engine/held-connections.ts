import type { HeldConnection } from '../core/judge/held-connection.ts';
import type { Cell } from '../core/matrix/cell.ts';
import type { Attempt } from '../core/matrix/outcome.ts';
import { heldCells, isHeldFromFirstInstant, sourcePortsOf } from '../core/scenario/held-cells.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { Probe } from '../ports/prober.ts';
import type { Watched } from './observation.ts';
import { ATTEMPT_TIMEOUT_MS } from './sampling.ts';

/** Probes of held connections are numbered from here: beyond the cells of any scenario. */
const FIRST_ID = 1_000_000;
const FIRST_ID_OF_NEW_PODS = 2 * FIRST_ID;
/** Time between two exchanges on a connection, in ms. */
const EXCHANGE_MS = 50;
/** How long an agent may be late with telling of its dialling again, in ms: its machine may be busy. */
const AGAIN_PATIENCE_MS = 5_000;
const LOOK_MS = 20;

/** A connection to be held: how it is kept, and how it is dialled again. */
export interface HeldProbes {
  readonly keep: Probe;
  /** Undefined: it is not dialled again. */
  readonly again?: Probe;
  /** Where a pod of the cell is gone: the cell of those that have the addresses now. */
  readonly heir?: Cell;
}

/** One that an agent holds, and dials again. */
export interface AgentHeldProbes extends HeldProbes {
  readonly again: Probe;
}

/**
 * The connections that the scenario has agents hold open, dialled as the probes of their cells are. From a source port of
 * the scenario's choice only those of cells that `areClosed` the whole time, so that no such flow is known from before.
 */
export function heldProbesOf(
  scenario: Scenario,
  probes: readonly Probe[],
  areClosed: (cell: Cell) => boolean,
): readonly AgentHeldProbes[] {
  const closed = probes.filter(({ cell }) => areClosed(cell));
  const begun = closed.flatMap((probe) =>
    sourcePortsOf(probe.cell, scenario).map((sourcePort) => ({ ...probe, sourcePort })),
  );
  return [...heldAmong(probes, scenario, false), ...begun].map((probe, index) => {
    const id = FIRST_ID + 2 * index;
    const common = { ...probe, intervalMs: EXCHANGE_MS, timeoutMs: ATTEMPT_TIMEOUT_MS };
    return { keep: { ...common, id, hold: 'keep' }, again: { ...common, id: id + 1, hold: { again: id } } };
  });
}

/** The connections that the scenario has new pods hold from their first instant on, which their first command opens. */
export function heldFromFirstInstant(scenario: Scenario, probes: readonly Probe[]): readonly HeldProbes[] {
  return heldAmong(probes, scenario, true).map((probe, index) => ({
    keep: { ...probe, id: FIRST_ID_OF_NEW_PODS + index, hold: 'keep' },
  }));
}

/** The probes of cells whose connections are held open: by new pods' first commands, or by agents. */
function heldAmong(probes: readonly Probe[], scenario: Scenario, byFirstCommand: boolean): readonly Probe[] {
  const cells = probes.map(({ cell }) => cell);
  const held = new Set(heldCells(cells, scenario).filter((cell) => isHeldFromFirstInstant(cell) === byFirstCommand));
  return probes.filter(({ cell }) => held.has(cell));
}

/** Attempts of held connections, by their probes. */
export class HeldAttempts {
  readonly #attempts = new Map<number, Attempt[]>();

  /** Takes an attempt of any probe; those of cells are none of its business. */
  add(probe: number, attempt: Attempt): void {
    if (probe < FIRST_ID) return;
    const attempts = this.#attempts.get(probe) ?? [];
    this.#attempts.set(probe, attempts);
    attempts.push(attempt);
  }

  /** Whether every dialling from these connections' source ports sent from `fromMs` on is told. */
  haveDialledAgain(held: readonly HeldProbes[], fromMs: number): boolean {
    return held.every(({ again }) => again === undefined || this.#of(again, fromMs).length > 0);
  }

  /** The source port of a connection that is held; undefined: no exchange on it has told. */
  sourcePortOf({ id }: Probe): number | undefined {
    return this.#attempts.get(id)?.at(-1)?.sourcePort;
  }

  /** Hands over what came of these connections in attempts sent from `fromMs` on, and forgets all. */
  take(held: readonly HeldProbes[], fromMs: number): readonly HeldConnection[] {
    const connections = held.map(({ keep, again, heir }) => ({
      cell: keep.cell,
      ...(heir && { heir }),
      ...(keep.sourcePort !== undefined && { sourcePort: keep.sourcePort }),
      exchanges: this.#of(keep, fromMs),
      again: again && this.#of(again, fromMs).at(-1),
    }));
    this.#attempts.clear();
    return connections;
  }

  #of({ id }: Probe, fromMs: number): readonly Attempt[] {
    return (this.#attempts.get(id) ?? []).filter(({ sentMs }) => sentMs >= fromMs);
  }
}

/** Waits, with a bound, until the agents have told what came of dialling again, sent from `fromMs` on. */
export async function diallingAgainEnds(
  held: readonly HeldProbes[],
  fromMs: number,
  { clock, signal, observation, session }: Watched,
): Promise<void> {
  const lastMs = clock.now() + EXCHANGE_MS + ATTEMPT_TIMEOUT_MS + AGAIN_PATIENCE_MS;
  while (clock.now() < lastMs && !observation.held.haveDialledAgain(held, fromMs)) {
    session.askHeartbeats();
    await clock.sleep(LOOK_MS, signal);
  }
}

import type { Cell } from '../core/matrix/cell.ts';
import type { IpFamily } from '../core/model/protocol.ts';
import { cellsOf } from '../core/scenario/cells.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { Clock } from '../ports/clock.ts';
import { type Calibration, calibrate, fastestRate } from './calibration.ts';
import { ProbeBudget, type ProbeShare } from './probe-budget.ts';
import type { Stand } from './stand.ts';

/** Attempts a second while no stand was there to calibrate in: two cores keep up with it beside the cluster's own work. */
const UNCALIBRATED = 600;

/** By how much the bound is lowered where agents are late, and how far, in attempts a second. */
const SLOWER = 0.75;
const SLOWEST = 150;

/** What the pace of a run works with. */
export interface PaceContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly ipFamilies: readonly IpFamily[];
  /** The bound on the attempts a second, where it is not to be found by calibration. */
  readonly attemptsPerSecond?: number;
}

/**
 * The bound on a run's probe rate: calibrated in the first stand that has agents, once more where a later one has the cells
 * for rates that those could not reach, leased to lanes.
 */
export class Pace {
  readonly #context: PaceContext;
  readonly #budget: ProbeBudget;
  #calibration: Calibration | undefined;
  #calibrating: Promise<void> | undefined;

  constructor(context: PaceContext) {
    this.#context = context;
    this.#budget = new ProbeBudget(context.attemptsPerSecond ?? UNCALIBRATED);
  }

  /** What calibration found; undefined before, and where none was needed. */
  get calibration(): Calibration | undefined {
    return this.#calibration;
  }

  /** The bound as it is now, in attempts a second; undefined before it is known. */
  get attemptsPerSecond(): number | undefined {
    const known = this.#calibration !== undefined || this.#context.attemptsPerSecond !== undefined;
    return known ? this.#budget.total : undefined;
  }

  /** Lowers the bound: agents were late where calibration had found them in time. */
  slow(): void {
    this.#budget.set(Math.max(SLOWEST, this.#budget.total * SLOWER));
  }

  /** Takes a step of `slow` back, up to the bound that was found or given: agents have been in time for a while. */
  recover(): void {
    const bound = this.#context.attemptsPerSecond ?? this.#calibration?.attemptsPerSecond ?? UNCALIBRATED;
    this.#budget.set(Math.max(this.#budget.total, Math.min(bound, this.#budget.total / SLOWER)));
  }

  /** A part of the bound for a scenario that runs in a stand without policies. */
  async join(stand: Stand, scenario: Scenario): Promise<ProbeShare> {
    const { signal, ipFamilies } = this.#context;
    const { pods } = stand.topology;
    const cells = cellsOf(scenario, ipFamilies).filter(
      ({ method, path, from, to }) => method === 'agent' && path === 'pod-ip' && pods.has(from) && pods.has(to),
    );
    const calibrates = this.#calibrating === undefined && this.#tells(cells.length);
    if (calibrates) this.#calibrating = this.#calibrate(stand, cells);
    if (calibrates || this.#calibration === undefined) await this.#calibrating;
    return this.#budget.join(signal);
  }

  /** Whether so many cells can tell more than is known. */
  #tells(cells: number): boolean {
    if (this.#context.attemptsPerSecond !== undefined) return false;
    if (this.#calibration === undefined) return cells > 0;
    const { untried } = this.#calibration;
    return untried !== undefined && fastestRate(cells) >= untried;
  }

  async #calibrate(stand: Stand, cells: readonly Cell[]): Promise<void> {
    try {
      this.#calibration = await calibrate({ ...this.#context, stand, cells, earlier: this.#calibration });
      this.#budget.set(this.#calibration.attemptsPerSecond);
    } finally {
      this.#calibrating = undefined;
    }
  }
}

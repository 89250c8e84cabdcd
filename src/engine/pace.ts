import type { Cell } from '../core/matrix/cell.ts';
import type { IpFamily } from '../core/model/protocol.ts';
import { cellsOf } from '../core/scenario/cells.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { Clock } from '../ports/clock.ts';
import { type Calibration, calibrate } from './calibration.ts';
import { ProbeBudget, type ProbeShare } from './probe-budget.ts';
import type { Stand } from './stand.ts';

/** Attempts a second while no stand was there to calibrate in: two cores keep up with it beside the cluster's own work. */
const UNCALIBRATED = 600;

/** What the pace of a run works with. */
export interface PaceContext {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly ipFamilies: readonly IpFamily[];
  /** The bound on the attempts a second, where it is not to be found by calibration. */
  readonly attemptsPerSecond?: number;
}

/** The bound on a run's probe rate: calibrated in the first stand that has agents, kept for the run, leased to lanes. */
export class Pace {
  readonly #context: PaceContext;
  #budget: ProbeBudget | undefined;
  #calibration: Calibration | undefined;
  #calibrating: Promise<ProbeBudget> | undefined;

  constructor(context: PaceContext) {
    this.#context = context;
    if (context.attemptsPerSecond !== undefined) this.#budget = new ProbeBudget(context.attemptsPerSecond);
  }

  /** What calibration found; undefined before, and where none was needed. */
  get calibration(): Calibration | undefined {
    return this.#calibration;
  }

  /** The bound, in attempts a second; undefined before it is known. */
  get attemptsPerSecond(): number | undefined {
    return this.#calibration?.attemptsPerSecond ?? this.#context.attemptsPerSecond;
  }

  /** A part of the bound for a scenario that runs in a stand without policies. The first to ask calibrates. */
  async join(stand: Stand, scenario: Scenario): Promise<ProbeShare> {
    const { signal, ipFamilies } = this.#context;
    if (this.#budget !== undefined) return this.#budget.join(signal);
    const { pods } = stand.topology;
    const cells = cellsOf(scenario, ipFamilies).filter(
      ({ method, path, from, to }) => method === 'agent' && path === 'pod-ip' && pods.has(from) && pods.has(to),
    );
    if (cells.length === 0) return new ProbeBudget(UNCALIBRATED).join(signal);
    this.#calibrating ??= this.#calibrate(stand, cells);
    return (await this.#calibrating).join(signal);
  }

  async #calibrate(stand: Stand, cells: readonly Cell[]): Promise<ProbeBudget> {
    try {
      this.#calibration = await calibrate({ ...this.#context, stand, cells });
      this.#budget = new ProbeBudget(this.#calibration.attemptsPerSecond);
      return this.#budget;
    } finally {
      this.#calibrating = undefined;
    }
  }
}

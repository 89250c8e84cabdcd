import { judgeStep } from '../../../src/core/judge/judge-step.ts';
import { DEFAULT_LIMITS } from '../../../src/core/judge/limits.ts';
import type { CellSeries, StepRecord } from '../../../src/core/judge/record.ts';
import type { Status } from '../../../src/core/judge/verdict.ts';
import { type Cell, cellName } from '../../../src/core/matrix/cell.ts';
import type { Attempt, Outcome } from '../../../src/core/matrix/outcome.ts';
import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import { fullName } from '../../../src/core/model/pod-name.ts';
import type { IpFamily } from '../../../src/core/model/protocol.ts';
import type { Addresses } from '../../../src/core/scenario/placeholders.ts';
import { plan } from '../../../src/core/scenario/plan.ts';
import type { PlannedStep } from '../../../src/core/scenario/planned-step.ts';
import type { Scenario } from '../../../src/core/scenario/scenario.ts';
import { initialState, stateAfter } from '../../../src/core/scenario/state.ts';
import { syntheticAddresses } from '../../../src/core/scenario/synthetic-addresses.ts';
import type { Fault } from './fault.ts';
import { type FaultyDataplane, faultyDataplane } from './faulty-dataplane.ts';

/** How a scenario came out on a simulated dataplane. */
export interface Played {
  readonly status: Status;
  /** The first step that did not pass, and the first cell in it that did not. */
  readonly at?: string;
}

const LEAD_MS = 200;
const EVERY_MS = 25;
/** Between the request of a change and its answer, in ms. */
const CHANGE_MS = 4;
const HOLD_MS = 1_000;
/** How long an attempt that nobody answers takes, in ms. */
const TIMEOUT_MS = 500;

/**
 * Plays a scenario on a dataplane with the fault, as the engine would run it, and judges what was seen as the engine
 * does. Nothing waits: attempts and their times are made up, so that hundreds of scenarios take seconds. Ends at the
 * first step that does not pass. `test/unit/faults/play.test.ts` compares it with the engine itself.
 */
export function play(scenario: Scenario, fault: Fault, ipFamilies: readonly IpFamily[] = ['IPv4']): Played {
  const addresses = syntheticAddresses(scenario, ipFamilies);
  const dataplane = faultyDataplane(fault);
  let state = placedState(scenario, addresses);
  let nowMs = 0;
  dataplane.change(state, nowMs);
  for (const step of plan(scenario, { ipFamilies })) {
    const player = new StepPlayer(step, dataplane, nowMs);
    player.watch(LEAD_MS);
    for (const change of step.changes) {
      state = stateAfter(state, change, addresses);
      dataplane.change(state, player.nowMs);
      player.changed();
    }
    player.settle();
    const record = player.hold();
    nowMs = player.nowMs;
    const verdict = judgeStep(record, DEFAULT_LIMITS);
    if (verdict.status === 'pass') continue;
    const cell = verdict.cells.find(({ status }) => status === verdict.status)?.cell;
    return { status: verdict.status, at: `${step.name}: ${cell === undefined ? 'no cell' : cellName(cell)}` };
  }
  return { status: 'pass' };
}

class StepPlayer {
  nowMs: number;
  readonly #step: PlannedStep;
  readonly #dataplane: FaultyDataplane;
  readonly #series: readonly (CellSeries & { readonly attempts: Attempt[] })[];
  readonly #changes: { readonly sentMs: number; readonly answeredMs: number }[] = [];

  constructor(step: PlannedStep, dataplane: FaultyDataplane, nowMs: number) {
    this.#step = step;
    this.#dataplane = dataplane;
    this.nowMs = nowMs;
    this.#series = step.cells.map((planned) => ({ planned, attempts: [] }));
  }

  /** Attempts of every cell for a while. */
  watch(lengthMs: number, everyMs: number = EVERY_MS): void {
    for (const untilMs = this.nowMs + lengthMs; this.nowMs < untilMs; this.nowMs += everyMs) this.#round();
  }

  changed(): void {
    this.#changes.push({ sentMs: this.nowMs, answeredMs: this.nowMs + CHANGE_MS });
    this.nowMs += CHANGE_MS;
  }

  /** Until what must hold after the step holds, or the budget is over. */
  settle(): void {
    const untilMs = this.nowMs + this.#step.budgetMs;
    this.nowMs += 1;
    const slowMs = this.nowMs + HOLD_MS;
    while (!this.#round() && this.nowMs < untilMs) this.nowMs += this.nowMs < slowMs ? EVERY_MS : 10 * EVERY_MS;
    this.nowMs += EVERY_MS;
  }

  hold(): StepRecord {
    const fromMs = this.nowMs;
    const every = Math.max(1, Math.floor(this.#step.holdMs / HOLD_MS));
    this.watch(Math.max(HOLD_MS, this.#step.holdMs), every * EVERY_MS);
    const hold = { fromMs, toMs: this.nowMs };
    // What is under way at a step's end has ended when the next one begins.
    this.nowMs += TIMEOUT_MS + EVERY_MS;
    return {
      changes: this.#changes,
      series: this.#series,
      agents: new Map(),
      backends: new Map(),
      budgetMs: this.#step.budgetMs,
      flapsAllowed: this.#step.flapsAllowed,
      hold,
    };
  }

  /** One attempt of every cell; whether all came to what must hold after the step. */
  #round(): boolean {
    let settled = true;
    for (const { planned, attempts } of this.#series) {
      const outcome = this.#dataplane.attempt(planned.cell, this.nowMs);
      attempts.push(attemptOf(planned.cell, this.nowMs, outcome));
      if (planned.expected !== 'reported' && WANTED[planned.expected] !== outcome) settled = false;
    }
    return settled;
  }
}

const WANTED = { open: 'open', closed: 'dropped', unresolved: 'unresolved' } as const;

function attemptOf({ to }: Cell, sentMs: number, outcome: Outcome): Attempt {
  const open = outcome === 'open';
  return {
    sentMs,
    errorMs: 0,
    durationMs: open ? 1 : TIMEOUT_MS,
    outcome,
    latenessMs: 0,
    ...(open && { answeredBy: to }),
  };
}

/** The state before the first step, with pods on the nodes that the scenario puts them on. */
function placedState(scenario: Scenario, addresses: Addresses): ClusterState {
  const state = initialState(scenario, addresses);
  const nodes = new Map(scenario.pods.map((pod) => [fullName(pod), pod.node]));
  const placed = (pod: ClusterState['pods'][number]) => {
    const node = nodes.get(fullName(pod));
    return node === undefined ? pod : { ...pod, node: `node-${node}` };
  };
  return { ...state, pods: state.pods.map(placed) };
}

const plans = new WeakMap<Scenario, readonly PlannedStep[]>();

/** The plan of a scenario, made once. */
function planned(scenario: Scenario): readonly PlannedStep[] {
  const steps = plans.get(scenario) ?? plan(scenario);
  plans.set(scenario, steps);
  return steps;
}

/**
 * The first step in which a dataplane with the fault, left alone for as long as it takes, does not do what the scenario
 * asks: what `play` finds of faults that do not depend on time, in a fraction of its time. Undefined where there is none.
 */
export function contradiction(scenario: Scenario, fault: Fault): string | undefined {
  const addresses = syntheticAddresses(scenario, ['IPv4']);
  const dataplane = faultyDataplane(fault);
  let state = placedState(scenario, addresses);
  dataplane.change(state, 0);
  for (const step of planned(scenario)) {
    for (const change of step.changes) {
      state = stateAfter(state, change, addresses);
      dataplane.change(state, 0);
    }
    const wrong = step.cells.find(
      ({ cell, expected }) => expected !== 'reported' && dataplane.attempt(cell, 0) !== WANTED[expected],
    );
    if (wrong !== undefined) return `${step.name}: ${cellName(wrong.cell)}`;
  }
  return undefined;
}

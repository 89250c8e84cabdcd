import type { PlannedCell, PlannedStep } from '../core/scenario/planned-step.ts';

/** Attempts that a densely sampled cell makes in the hold: 30 have to count (design: "Hold"), some may not. */
const DENSE_ATTEMPTS = 40;
/** Attempts that a sparsely sampled cell makes in the hold: 4 have to count. */
const SPARSE_ATTEMPTS = 6;
/** Time between the starts of two literal wgets of a cell, in ms; one that times out takes 2 s by itself. */
const WGET_INTERVAL_MS = 200;
/** A wget cell that does not come through needs this long a hold, in ms, until one of 2 s is surely sent in it. */
const WGET_HOLD_MS = 2_700;
/** Limit of one agent attempt, in ms: below the first retransmission of a SYN (design: "Probing"). */
export const ATTEMPT_TIMEOUT_MS = 500;
/** Limit of one wget attempt, with the time that its process takes to start and end, in ms. */
export const WGET_TIMEOUT_MS = 3_000;

/** How a step is sampled. */
export interface Sampling {
  /** How long the step is watched after everything settled, in ms; fixed before the step. */
  readonly holdMs: number;
  /** How long the step is watched before its change, in ms. */
  readonly leadMs: number;
  /** Time between two attempts of the cell, in ms. */
  intervalOf(cell: PlannedCell): number;
}

/**
 * Spreads the run's bound on attempts a second over a step's cells: cells that the step touches densely, the others
 * sparsely. Where the bound does not allow enough attempts in the hold, the hold gets longer, never the proof weaker.
 */
export function sampleStep(step: PlannedStep, attemptsPerSecond: number): Sampling {
  const agents = step.cells.filter(({ cell }) => cell.method === 'agent');
  const dense = agents.filter(isDense).length;
  const needed = dense * DENSE_ATTEMPTS + (agents.length - dense) * SPARSE_ATTEMPTS;
  const slowWget = step.cells.some(
    ({ cell, expected, before }) => cell.method === 'wget' && (expected !== 'open' || before !== 'open'),
  );
  const holdMs = Math.max(step.holdMs, (needed / attemptsPerSecond) * 1000, slowWget ? WGET_HOLD_MS : 0);
  const probeMs = Math.max(step.holdMs, (needed / attemptsPerSecond) * 1000);
  const denseMs = probeMs / DENSE_ATTEMPTS;
  const sparseMs = probeMs / SPARSE_ATTEMPTS;
  const wget = step.cells.some(({ cell }) => cell.method === 'wget');
  return {
    holdMs,
    leadMs: wget ? Math.max(sparseMs, WGET_INTERVAL_MS) + 100 : sparseMs + 50,
    intervalOf: (planned) =>
      planned.cell.method === 'wget' ? WGET_INTERVAL_MS : isDense(planned) ? denseMs : sparseMs,
  };
}

/** Cells whose expectation changes are judged as closely as those that the step touches. */
function isDense({ touched, before, expected }: PlannedCell): boolean {
  return touched || before !== expected;
}

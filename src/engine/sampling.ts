import type { Cell } from '../core/matrix/cell.ts';
import { isDense } from '../core/scenario/density.ts';
import type { PlannedCell, PlannedStep } from '../core/scenario/planned-step.ts';
import type { Demand } from './probe-budget.ts';

/** Attempts that a densely sampled cell makes in the hold: 30 have to count (design: "Hold"), some may not. */
const DENSE_ATTEMPTS = 40;
/** Up to this length, in ms, a hold has these attempts; a longer one has more. */
const SHORT_HOLD_MS = 1_000;
/** Attempts of a cell in the longest holds: each is kept until the step is judged. */
const MOST_ATTEMPTS = 1_200;
/** Attempts that a sparsely sampled cell makes in the hold: 4 have to count. */
const SPARSE_ATTEMPTS = 6;
/** Each wget is a process of its own: one starts in so many ms, of all cells together. */
const WGET_COST_MS = 25;
/** Time between the starts of two literal wgets of a cell, in ms; one that times out takes 2 s by itself. */
const WGET_INTERVAL_MS = 200;
/** A wget cell that does not come through needs this long a hold, in ms, and the time between two, until one of 2 s is surely sent in it. */
const WGET_HOLD_MS = 2_700;
/** Time between two looks at what a kubelet says of a pod, in ms. */
const KUBELET_INTERVAL_MS = 500;
/** How long a kubelet that is kept from a pod may take to say so, in ms: three probes of a second each, and its report. */
const KUBELET_HOLD_MS = 6_000;
/** A kubelet's cells have enough looks in so long a hold, in ms. */
const KUBELET_LOOKS_MS = 3_000;
/** Limit of one agent attempt, in ms: below the first retransmission of a SYN (design: "Probing"). */
export const ATTEMPT_TIMEOUT_MS = 500;
/** Limit of one wget attempt, with the time that its process takes to start and end, in ms. */
export const WGET_TIMEOUT_MS = 3_000;

/** Time between two attempts of a cell between two steps, in ms. */
const QUIET_MS = 200;
/** Time beyond two attempts of every cell before a change is made, in ms. */
const LEAD_MARGIN_MS = 50;

/** The attempts a second with which a step's hold is no longer than it asks for, and beyond which more are of no use. */
export function demandOf(step: PlannedStep): Demand {
  const agents = step.cells.filter(({ cell }) => cell.method === 'agent');
  const dense = agents.filter(isDense).length;
  const seconds = step.holdMs / 1_000;
  return {
    least: (dense * DENSE_ATTEMPTS + (agents.length - dense) * SPARSE_ATTEMPTS) / seconds,
    most: (agents.length * DENSE_ATTEMPTS * longHold(step.holdMs)) / seconds,
  };
}

/** The attempts a second with which a step's cells are watched before its change and after its hold. */
export function quietDemandOf({ cells }: PlannedStep): Demand {
  const rate = (cells.filter(({ cell }) => cell.method === 'agent').length * 1_000) / QUIET_MS;
  return { least: rate, most: rate };
}

/** How cells are watched before a change and after a hold: evenly, and no quicker than two attempts of each need. */
export function sampleQuietly(step: PlannedStep, attemptsPerSecond: number): QuietSampling {
  const intervalMs = QUIET_MS * Math.max(1, quietDemandOf(step).least / attemptsPerSecond);
  return {
    leadMs: 2 * intervalMs + LEAD_MARGIN_MS,
    intervalOf: ({ cell }) => fixedInterval(cell, step) ?? intervalMs,
  };
}

/** How cells are watched while nothing changes. */
export interface QuietSampling extends Pick<Sampling, 'intervalOf'> {
  /** How long they have to be watched before a change is made, in ms: two attempts of each, and a margin. */
  readonly leadMs: number;
}

/** How a step is sampled. */
export interface Sampling {
  /** How long the step is watched after everything settled, in ms; fixed before the step. */
  readonly holdMs: number;
  /** Time between two attempts of the cell, in ms. */
  intervalOf(cell: PlannedCell): number;
}

/** A long hold is there for what happens seldom or briefly: it has as many more attempts as it is longer, up to a bound. */
function longHold(holdMs: number): number {
  return Math.min(Math.max(1, holdMs / SHORT_HOLD_MS), MOST_ATTEMPTS / DENSE_ATTEMPTS);
}

/**
 * Spreads a step's attempts a second over its cells: cells that the step touches densely, the others
 * with what is left, sparsely at least. Where the rate does not allow enough attempts in the hold, the hold gets
 * longer, never the proof weaker.
 */
export function sampleStep(step: PlannedStep, attemptsPerSecond: number): Sampling {
  const agents = step.cells.filter(({ cell }) => cell.method === 'agent');
  const dense = agents.filter(isDense).length;
  const sparse = agents.length - dense;
  const neededMs = ((dense * DENSE_ATTEMPTS + sparse * SPARSE_ATTEMPTS) / attemptsPerSecond) * 1_000;
  const probeMs = Math.max(step.holdMs, neededMs);
  const allowed = (probeMs / 1_000) * attemptsPerSecond;
  const most = DENSE_ATTEMPTS * longHold(step.holdMs);
  const touched = Math.max(DENSE_ATTEMPTS, Math.min(most, (allowed - sparse * SPARSE_ATTEMPTS) / Math.max(1, dense)));
  const left = (allowed - dense * touched) / Math.max(1, sparse);
  const denseMs = probeMs / touched;
  const sparseMs = probeMs / Math.min(touched, Math.max(SPARSE_ATTEMPTS, left));
  return {
    holdMs: Math.max(probeMs, wgetHold(step), kubeletHold(step)),
    intervalOf: (planned) => fixedInterval(planned.cell, step) ?? (isDense(planned) ? denseMs : sparseMs),
  };
}

/** Time between two attempts of cells that no agent probes, in ms. Dozens of wgets at once would make the agents late. */
function fixedInterval({ method }: Cell, { cells }: PlannedStep): number | undefined {
  if (method === 'agent') return undefined;
  if (method === 'kubelet') return KUBELET_INTERVAL_MS;
  return Math.max(WGET_INTERVAL_MS, cells.filter(({ cell }) => cell.method === 'wget').length * WGET_COST_MS);
}

/** In which a wget of every cell is surely sent, and one of 2 s after another where they do not come through. ms. */
function wgetHold(step: PlannedStep): number {
  const wgets = step.cells.filter(({ cell }) => cell.method === 'wget');
  const [first] = wgets;
  const intervalMs = first === undefined ? undefined : fixedInterval(first.cell, step);
  if (intervalMs === undefined) return 0;
  const slow = wgets.some(({ expected, before }) => expected !== 'open' || before !== 'open');
  return slow ? WGET_HOLD_MS + intervalMs : 2 * intervalMs;
}

/** A kubelet that was kept from a pod by a change says so some seconds later. */
function kubeletHold({ cells, changes }: PlannedStep): number {
  if (!cells.some(({ cell }) => cell.method === 'kubelet')) return 0;
  return changes.length === 0 ? KUBELET_LOOKS_MS : KUBELET_HOLD_MS;
}

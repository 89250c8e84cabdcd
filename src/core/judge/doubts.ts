import type { Attempt } from '../matrix/outcome.ts';
import { isDense } from '../scenario/density.ts';
import type { PlannedCell } from '../scenario/planned-step.ts';
import { isTroubled } from './health.ts';
import type { JudgeLimits } from './limits.ts';
import type { Reading } from './reading.ts';
import { toleratedUntil } from './reasons.ts';
import type { CellSeries, StepRecord } from './record.ts';
import { zeroOf } from './timeline.ts';
import type { CellReason } from './verdict.ts';

/** Conforming attempts sent in the hold after the last contrary one: what a leak rate can be derived from. */
export function provenInHold({ inForce }: Reading, { hold }: StepRecord): number {
  const contrary = inForce.findLast(({ evidence }) => evidence === 'contrary');
  const fromMs = Math.max(hold.fromMs, contrary?.attempt.sentMs ?? Number.NEGATIVE_INFINITY);
  return inForce.filter(
    ({ attempt, evidence }) => evidence === 'conforms' && attempt.sentMs >= fromMs && attempt.sentMs <= hold.toMs,
  ).length;
}

/** What keeps a cell that did not fail from passing; empty when nothing does. */
export function doubtsOf(reading: Reading, series: CellSeries, record: StepRecord, limits: JudgeLimits): CellReason[] {
  const { inForce, settled, deadlineMs } = reading;
  if (inForce.length === 0) return [troubled('no attempt was made')];
  if (!settled) return [unsettled(reading)];
  const doubts: CellReason[] = [];
  if (deadlineMs !== undefined && settled.sentMs > deadlineMs) {
    doubts.push(puzzling('it came right after the budget, but no attempt shows that it was wrong until then'));
  }
  const fromMs = deadlineMs === undefined ? Number.NEGATIVE_INFINITY : toleratedUntil(reading, limits);
  const doubtful = inForce.filter(({ attempt, evidence }) => evidence === 'doubtful' && attempt.sentMs > fromMs);
  const first = doubtful[0];
  if (first) {
    const doubt = doubtful.every(({ attempt }) => isTroubled(attempt, record)) ? troubled : puzzling;
    doubts.push(doubt(`${doubtful.length} of ${inForce.length} attempts prove nothing: ${puzzle(first.attempt)}`));
  }
  const proven = provenInHold(reading, record);
  const needed = neededInHold(series.planned, limits);
  if (proven < needed) doubts.push(troubled(`${proven} conforming attempts in the hold, ${needed} are needed`));
  const gap = longestGap(reading, series, record);
  if (series.planned.cell.method === 'agent' && gap.ms > Math.max(limits.gapMs, 3 * (series.intervalMs ?? 0))) {
    doubts.push(troubled(`nothing is known of ${Math.round(gap.ms)} ms, from ${Math.round(gap.atMs)} ms on`));
  }
  return doubts;
}

/**
 * The longest time of which nothing is known while the expectation is in force: from settling on, without a budget from
 * the change on (a new pod: its first attempt), to the end of the hold. `atMs` counts from the change.
 */
function longestGap(
  { inForce, settled, deadlineMs }: Reading,
  { planned }: CellSeries,
  record: StepRecord,
): { readonly ms: number; readonly atMs: number } {
  const zeroMs = zeroOf(record);
  const known = inForce.filter(({ evidence }) => evidence === 'conforms' || evidence === 'contrary');
  const first = known[0]?.attempt.sentMs ?? record.hold.toMs;
  const fromMs = deadlineMs !== undefined ? (settled?.sentMs ?? first) : planned.fresh ? first : zeroMs;
  const times = known.map(({ attempt }) => attempt.sentMs).filter((sentMs) => sentMs > fromMs);
  let longest = { ms: 0, atMs: 0 };
  let lastMs = fromMs;
  for (const atMs of [...times, record.hold.toMs]) {
    if (atMs - lastMs > longest.ms) longest = { ms: atMs - lastMs, atMs: lastMs - zeroMs };
    lastMs = atMs;
  }
  return longest;
}

function unsettled({ inForce }: Reading): CellReason {
  if (inForce.some(({ evidence }) => evidence === 'contrary')) {
    return puzzling('observation ended inside the budget, before it came right');
  }
  const doubtful = inForce.find(({ evidence }) => evidence === 'doubtful');
  return doubtful
    ? puzzling(puzzle(doubtful.attempt))
    : troubled(`none of ${inForce.length} attempts is known: agents late, or probes failed`);
}

/** In words, why an attempt proves nothing. */
function puzzle({ outcome, handshake }: Attempt): string {
  if (handshake) return 'the handshake completed, no answer followed';
  if (outcome === 'refused') return 'refused, and nobody says that the port was bound';
  return 'the name did not resolve';
}

/** How many attempts of the hold have to count, of a cell that is judged. */
export function neededInHold(planned: PlannedCell, limits: JudgeLimits): number {
  if (planned.cell.method === 'wget') return limits.wgetAttempts;
  if (planned.cell.method === 'kubelet') return limits.kubeletAttempts;
  return isDense(planned) ? limits.denseAttempts : limits.sparseAttempts;
}

/** Doubt because of what the network did. */
function puzzling(detail: string): CellReason {
  return { code: 'unknown', detail, doubtful: true };
}

/** Doubt because of trouble of our own. */
function troubled(detail: string): CellReason {
  return { code: 'unknown', detail, doubtful: false };
}

import type { AgentHealth, CellSeries, StepRecord } from '../../../src/core/judge/record.ts';
import type { Cell } from '../../../src/core/matrix/cell.ts';
import type { Attempt, Outcome } from '../../../src/core/matrix/outcome.ts';
import type { PlannedCell } from '../../../src/core/scenario/planned-step.ts';

/** When the change of every test step is sent and answered, and when its observation begins and ends. ms. */
export const TIMES = { begin: 0, sent: 1000, answered: 1100, end: 9000 } as const;

/** A cell from `x/a` to `y/b`. */
export function aCell(over: Partial<Cell> = {}): Cell {
  return {
    from: 'x/a',
    to: 'y/b',
    port: 80,
    protocol: 'TCP',
    path: 'pod-ip',
    family: 'IPv4',
    method: 'agent',
    ...over,
  };
}

/** A planned cell; by default it is open, stays open, and is sampled densely. */
export function aPlan({
  cell,
  ...over
}: Partial<Omit<PlannedCell, 'cell'>> & { cell?: Partial<Cell> } = {}): PlannedCell {
  return { cell: aCell(cell), before: 'open', expected: 'open', touched: true, explanation: 'no policy', ...over };
}

/** An attempt; an open one carries the identity of `y/b`. */
export function anAttempt(sentMs: number, outcome: Outcome, over: Partial<Attempt> = {}): Attempt {
  return {
    sentMs,
    errorMs: 0,
    durationMs: outcome === 'dropped' ? 500 : 1,
    outcome,
    latenessMs: 0,
    ...(outcome === 'open' ? { answeredBy: 'y/b' } : {}),
    ...over,
  };
}

/** Attempts every `everyMs` in `[fromMs, toMs)`, each with what `outcomeAt` says. */
export function attempts(
  fromMs: number,
  toMs: number,
  outcomeAt: (sentMs: number, index: number) => Outcome,
  everyMs = 25,
): Attempt[] {
  const count = Math.ceil((toMs - fromMs) / everyMs);
  return Array.from({ length: count }, (_, index) => {
    const sentMs = fromMs + index * everyMs;
    return anAttempt(sentMs, outcomeAt(sentMs, index));
  });
}

/** A healthy agent whose port 80/TCP was bound all the time. */
export function healthy(pod: string, over: Partial<AgentHealth> = {}): AgentHealth {
  return { pod, unknown: [], bound: new Map([['80/TCP', [{ fromMs: -10_000, toMs: 100_000 }]]]), ...over };
}

/** A step of one change with healthy agents, a budget of 5 s and a hold of 1 s at its end. */
export function aRecord(series: readonly CellSeries[], over: Partial<StepRecord> = {}): StepRecord {
  return {
    changes: [{ sentMs: TIMES.sent, answeredMs: TIMES.answered }],
    series,
    agents: new Map(['x/a', 'y/b'].map((pod) => [pod, healthy(pod)])),
    backends: new Map(),
    budgetMs: 5000,
    flapsAllowed: false,
    hold: { fromMs: TIMES.end - 1000, toMs: TIMES.end },
    ...over,
  };
}

import type { StepRecord } from '../../../src/core/judge/record.ts';
import type { Attempt } from '../../../src/core/matrix/outcome.ts';
import type { PlannedCell } from '../../../src/core/scenario/planned-step.ts';
import { anAttempt, aPlan, aRecord } from './step.ts';

/** How a simulated step is timed, in ms; the hold is its last 1.5 s, after the budget. */
export interface Timing {
  readonly sentMs: number;
  readonly answeredMs: number;
  /** When the dataplane begins to enforce the new state. */
  readonly enforcedMs: number;
  readonly everyMs: number;
  /** Clock error of the sending agent, and the bound that it states. */
  readonly skewMs: number;
  readonly errorMs: number;
  readonly seed: number;
}

/** What a dataplane does with an attempt that it should let through or not; `random` is uniform in [0, 1). */
export type Dataplane = (
  open: boolean,
  atMs: number,
  random: () => number,
) => Partial<Attempt> & Pick<Attempt, 'outcome'>;

/** Enforces what it is told. */
export const correct: Dataplane = (open) => ({ outcome: open ? 'open' : 'dropped' });

/** The four cells that a step can have. */
export const CELLS = {
  closes: aPlan({ before: 'open', expected: 'closed' }),
  opens: aPlan({ before: 'closed', expected: 'open' }),
  staysOpen: aPlan({ before: 'open', expected: 'open' }),
  staysClosed: aPlan({ before: 'closed', expected: 'closed' }),
} as const;

/** When the budget of a simulated step ends. */
export const BUDGET_MS = 3000;
const LENGTH_MS = 8000;
const HOLD_MS = 1500;

/** A step of one cell as the prober would record it on this dataplane. */
export function simulate(
  planned: PlannedCell,
  timing: Timing,
  dataplane: Dataplane,
  over: Partial<StepRecord> = {},
): StepRecord {
  const { sentMs, answeredMs, enforcedMs, everyMs, skewMs, errorMs, seed } = timing;
  const random = randomFrom(seed);
  const count = Math.floor(LENGTH_MS / everyMs);
  const attempts = Array.from({ length: count }, (_, index) => {
    const atMs = index * everyMs + (seed % everyMs);
    const open = (atMs < enforcedMs ? planned.before : planned.expected) === 'open';
    const { outcome, ...more } = dataplane(open, atMs, random);
    return anAttempt(atMs + skewMs, outcome, { errorMs, ...more });
  });
  return aRecord([{ planned, attempts }], {
    changes: [{ sentMs, answeredMs }],
    budgetMs: BUDGET_MS,
    hold: { fromMs: LENGTH_MS - HOLD_MS, toMs: LENGTH_MS + 100 },
    ...over,
  });
}

/** A small seeded generator of uniform numbers in [0, 1) (a linear congruence of 32 bits). */
function randomFrom(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

import fc from 'fast-check';
import type { CellSeries, StepRecord } from '../../../src/core/judge/record.ts';
import type { Attempt } from '../../../src/core/matrix/outcome.ts';
import type { PlannedCell } from '../../../src/core/scenario/planned-step.ts';
import { aPlan, aRecord, healthy } from './step.ts';

const expected = fc.constantFrom('open', 'closed', 'open', 'closed', 'open', 'closed', 'unresolved', 'reported');

/** Any planned cell from `x/a` to `y/b`. */
const anyPlan: fc.Arbitrary<PlannedCell> = fc
  .record({ before: expected, expected, touched: fc.boolean(), fresh: fc.constantFrom(false, false, true) })
  .map((over) => aPlan(over));

/** Any attempt inside the first 9 s; of outcomes and answers any mixture. */
export const anyAttempt: fc.Arbitrary<Attempt> = fc.record(
  {
    sentMs: fc.double({ min: 0, max: 9000, noNaN: true }),
    errorMs: fc.constantFrom(0, 2),
    durationMs: fc.integer({ min: 0, max: 900 }),
    outcome: fc.constantFrom('open', 'dropped', 'refused', 'misrouted', 'unresolved', 'inconclusive'),
    latenessMs: fc.constantFrom(0, 50, 150),
    handshake: fc.boolean(),
    answeredBy: fc.constantFrom('y/b', 'z/c'),
  },
  { requiredKeys: ['sentMs', 'errorMs', 'durationMs', 'outcome', 'latenessMs'] },
);

/** Mostly orderly series, with a few attempts of any kind: most verdicts occur. */
const anySeries: fc.Arbitrary<CellSeries> = fc
  .record({
    planned: anyPlan,
    enforcedMs: fc.oneof(fc.integer({ min: 1000, max: 3000 }), fc.integer({ min: 0, max: 9000 })),
    everyMs: fc.oneof(fc.integer({ min: 25, max: 30 }), fc.integer({ min: 100, max: 300 })),
    odd: fc.oneof(fc.constant([]), fc.array(anyAttempt, { maxLength: 3 })),
    cutMs: fc.constantFrom(0, 3000, 9000, 9000, 9000, 9000),
  })
  .map(({ planned, enforcedMs, everyMs, odd, cutMs }) => {
    const count = Math.floor(cutMs / everyMs);
    const orderly = Array.from({ length: count }, (_, index): Attempt => {
      const sentMs = index * everyMs + everyMs / 3;
      const state = sentMs < enforcedMs ? planned.before : planned.expected;
      const outcome = state === 'closed' ? 'dropped' : state === 'unresolved' ? 'unresolved' : 'open';
      return { sentMs, errorMs: 1, durationMs: 1, outcome, latenessMs: 0 };
    });
    return { planned, attempts: [...orderly, ...odd].toSorted((a, b) => a.sentMs - b.sentMs) };
  });

/** A step of these cells; agents may be unknown for a while, a change may take its time or be absent. */
export const anyRecord: fc.Arbitrary<StepRecord> = fc
  .record({
    series: fc.array(anySeries, { minLength: 1, maxLength: 3 }),
    changes: fc.constantFrom(
      [],
      [{ sentMs: 1000, answeredMs: 1100 }],
      [
        { sentMs: 1000, answeredMs: 1100 },
        { sentMs: 1200, answeredMs: 1250 },
      ],
    ),
    flapsAllowed: fc.boolean(),
    unknown: fc.array(fc.integer({ min: 0, max: 8000 }), { maxLength: 1 }),
  })
  .map(({ series, changes, flapsAllowed, unknown }) => {
    const spans = unknown.map((fromMs) => ({ fromMs, toMs: fromMs + 300, reason: 'starved' }));
    const agents = new Map([
      ['x/a', healthy('x/a', { unknown: spans })],
      ['y/b', healthy('y/b')],
    ]);
    return aRecord(series, { changes, flapsAllowed, agents });
  });

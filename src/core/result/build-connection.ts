import { type HeldConnection, heldFate } from '../judge/held-connection.ts';
import type { StepRecord } from '../judge/record.ts';
import { zeroOf } from '../judge/timeline.ts';
import type { ConnectionResult } from './result.ts';
import { rounded } from './series.ts';

/** The result of a connection that was held open through a step. */
export function buildConnection(held: HeldConnection, record: StepRecord): ConnectionResult {
  const { state, brokenMs, answered, again } = heldFate(held, record);
  return {
    ...held.cell,
    state,
    broken_ms: brokenMs === undefined ? null : rounded(brokenMs - zeroOf(record)),
    exchanges: held.exchanges.length,
    answered,
    again: again ?? null,
  };
}

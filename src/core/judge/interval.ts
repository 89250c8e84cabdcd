import type { Reading } from './reading.ts';
import type { Interval } from './verdict.ts';

/**
 * How long a cell stayed as it was: from the sending of the change (`zeroMs`) to somewhere between the last contrary
 * attempt that is forgiven (`toleratedMs`) and the conforming one after it. Attempts between the change's request and
 * answer count here: enforcement may precede the answer.
 */
export function changeLength({ during, inForce }: Reading, zeroMs: number, toleratedMs: number): Interval {
  const measured = [...during, ...inForce];
  const last = measured.findLastIndex(
    ({ attempt, evidence }) => evidence === 'contrary' && attempt.sentMs <= toleratedMs,
  );
  const contrary = measured[last]?.attempt;
  const atLeastMs = contrary ? Math.max(0, contrary.sentMs - contrary.errorMs - zeroMs) : 0;
  const end = measured.slice(last + 1).find(({ evidence }) => evidence === 'conforms')?.attempt;
  if (!end) return { atLeastMs, atMostMs: null, resolutionMs: null };
  const atMostMs = Math.max(atLeastMs, end.sentMs + end.errorMs - zeroMs);
  return { atLeastMs, atMostMs, resolutionMs: atMostMs - atLeastMs };
}

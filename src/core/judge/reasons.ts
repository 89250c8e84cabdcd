import type { Attempt } from '../matrix/outcome.ts';
import type { JudgeLimits } from './limits.ts';
import type { Reading, Weighed } from './reading.ts';
import type { StepRecord } from './record.ts';
import type { CellReason } from './verdict.ts';

/** What makes a cell fail, the gravest first; empty when nothing does. `zeroMs`: from where times are counted. */
export function failuresOf(reading: Reading, record: StepRecord, limits: JudgeLimits, zeroMs: number): CellReason[] {
  const { misrouted, before, inForce, deadlineMs, sinceOpen } = reading;
  const found: (CellReason | undefined)[] = [
    reasonFor('misrouted', misrouted),
    deadlineMs === undefined
      ? reasonFor('contrary', firstContrary(inForce))
      : overBudget(reading, deadlineMs, record.budgetMs, zeroMs),
    deadlineMs === undefined
      ? undefined
      : (flap(reading, toleratedUntil(reading, limits)) ?? (reading.mayWaver ? undefined : cutOff(sinceOpen, limits))),
    reasonFor('contrary-before', firstContrary(before)),
  ];
  return found.filter((reason) => reason !== undefined);
}

/** Until when a contrary attempt is forgiven: the grace, or the budget where the cell may waver. ms on the run's clock. */
export function toleratedUntil({ settled, deadlineMs, mayWaver }: Reading, { graceMs }: JudgeLimits): number {
  const grace = settled ? settled.sentMs + graceMs : Number.POSITIVE_INFINITY;
  return mayWaver && deadlineMs !== undefined ? Math.max(grace, deadlineMs) : grace;
}

/** A contrary attempt surely sent after the budget and before the cell settled. */
function overBudget(
  { inForce, settled }: Reading,
  deadlineMs: number,
  budgetMs: number,
  zeroMs: number,
): CellReason | undefined {
  const late = inForce.filter(
    ({ attempt, evidence }) =>
      evidence === 'contrary' &&
      attempt.sentMs - attempt.errorMs > deadlineMs &&
      (settled === undefined || attempt.sentMs < settled.sentMs),
  );
  const attempt = late.at(-1)?.attempt;
  if (!attempt) return undefined;
  if (!settled) return { code: 'never-settled', attempt };
  return { code: 'late', attempt, settledMs: settled.sentMs - zeroMs, budgetMs };
}

function flap({ inForce, settled }: Reading, toleratedMs: number): CellReason | undefined {
  if (!settled) return undefined;
  const contrary = inForce.find(({ attempt, evidence }) => evidence === 'contrary' && attempt.sentMs > toleratedMs);
  if (!contrary) return undefined;
  return { code: 'flap', attempt: contrary.attempt, afterSettledMs: contrary.attempt.sentMs - settled.sentMs };
}

/** A new pod was let through, and then not for longer than the grace. */
function cutOff(sinceOpen: Reading['sinceOpen'], { graceMs }: JudgeLimits): CellReason | undefined {
  const first = sinceOpen[0]?.attempt;
  if (first === undefined) return undefined;
  const late = sinceOpen.find(
    ({ attempt, evidence }) => evidence === 'contrary' && attempt.sentMs > first.sentMs + graceMs,
  );
  return late && { code: 'flap', attempt: late.attempt, afterSettledMs: late.attempt.sentMs - first.sentMs };
}

function firstContrary(attempts: readonly Weighed[]): Attempt | undefined {
  return attempts.find(({ evidence }) => evidence === 'contrary')?.attempt;
}

function reasonFor(
  code: 'misrouted' | 'contrary' | 'contrary-before',
  attempt: Attempt | undefined,
): CellReason | undefined {
  return attempt && { code, attempt };
}

import type { Attempt } from '../matrix/outcome.ts';
import type { PlannedCell } from '../scenario/planned-step.ts';
import type { JudgeLimits } from './limits.ts';
import type { StepRecord } from './record.ts';

/**
 * Marks as arrived what a new pod refused before it listened, on a cell that must be closed. A refusal alone may be the
 * plugin's; it is the pod's where nobody else can have the address, where an address without a pod does not refuse, and
 * where the plugin keeps the settled cell closed by silence. Else the attempts are left as they are.
 */
export function withFirstRefusals(
  attempts: readonly Attempt[],
  { cell, expected, madeBy }: PlannedCell,
  { changes, hold }: Pick<StepRecord, 'changes' | 'hold'>,
  limits: JudgeLimits,
): readonly Attempt[] {
  const made = madeBy === undefined ? undefined : changes[madeBy];
  if (made === undefined || expected !== 'closed' || cell.method !== 'agent') return attempts;
  const settled = attempts.filter(({ sentMs }) => sentMs >= hold.fromMs && sentMs <= hold.toMs);
  const isSilent = settled.filter(({ outcome }) => outcome === 'dropped').length >= limits.denseAttempts;
  const [first] = attempts.filter(({ outcome }) => outcome !== 'inconclusive');
  if (!isSilent || settled.some(isRefusal) || first === undefined || isRefusal(first)) return attempts;
  return attempts.map((attempt) =>
    isRefusal(attempt) && attempt.sentMs - attempt.errorMs > made.sentMs ? { ...attempt, arrived: true } : attempt,
  );
}

/** What a kernel says of a port that nobody has bound. Of an address that nobody has it says something else. */
function isRefusal({ outcome, detail }: Attempt): boolean {
  return outcome === 'refused' && detail === 'ECONNREFUSED';
}

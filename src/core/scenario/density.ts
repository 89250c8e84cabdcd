import type { PlannedCell } from './planned-step.ts';

/**
 * Whether a cell is sampled densely: the step or a policy in force concerns it, or what it must come to changes; unless
 * only whether it works at all is asked.
 */
export function isDense({ touched, before, expected, sparse }: PlannedCell): boolean {
  return sparse !== true && (touched || before !== expected);
}

import type { StepResult } from '../core/result/result.ts';
import type { Evidence, StepCase } from '../ports/evidence.ts';

/** The result, with the folder of its evidence where the step did not pass: collected now, while everything still stands. */
export async function withEvidence(
  found: StepCase,
  evidence: Evidence | undefined,
  signal: AbortSignal,
): Promise<StepResult> {
  const { result } = found;
  if (evidence === undefined || result.status === 'passed' || result.failures.length === 0) return result;
  const folder = await evidence.collect(found, signal);
  if (folder === undefined) return result;
  return { ...result, failures: result.failures.map((failure) => ({ ...failure, evidence: folder })) };
}

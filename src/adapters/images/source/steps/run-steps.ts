import type { Progress } from '../../../../ports/progress.ts';
import type { BuildStep } from './build-step.ts';

/** Steps that have to be made for the targets, each after what it needs, none twice. */
const missingSteps = async (targets: readonly BuildStep[]): Promise<readonly BuildStep[]> => {
  const seen = new Set<string>();
  const missing: BuildStep[] = [];
  const visit = async (step: BuildStep): Promise<void> => {
    if (seen.has(step.key)) return;
    seen.add(step.key);
    if (await step.isDone()) return;
    for (const need of step.needs) await visit(need);
    missing.push(step);
  };
  for (const target of targets) await visit(target);
  return missing;
};

/**
 * Makes what is missing for the targets, one after the other (compilers use every core by themselves). What is there
 * is kept, and a step that only a finished one needs is not made.
 */
export const runSteps = async (
  targets: readonly BuildStep[],
  options: { readonly progress: Progress; readonly signal: AbortSignal },
): Promise<void> => {
  const missing = await missingSteps(targets);
  for (const [index, step] of missing.entries()) {
    options.signal.throwIfAborted();
    options.progress.step(step.title, index + 1, missing.length);
    await step.make();
    options.progress.done();
  }
};

import type { Progress } from '../../../../ports/progress.ts';
import type { BuildStep } from './build-step.ts';
import type { SideLane } from './side-lane.ts';

/** What steps run with. */
export interface StepRun {
  readonly progress: Progress;
  /** Aborts with the run's own signal, and through `stop`. */
  readonly signal: AbortSignal;
  /** Stops both lanes when a step of either fails. */
  readonly stop: AbortController;
  readonly side: SideLane;
}

/** Steps that have to be made for the targets, each after what it needs, none twice; steps of the side lane late. */
const missingSteps = async (targets: readonly BuildStep[]): Promise<readonly BuildStep[]> => {
  const seen = new Set<string>();
  const missing: BuildStep[] = [];
  const visit = async (step: BuildStep): Promise<void> => {
    if (seen.has(step.key)) return;
    seen.add(step.key);
    if (await step.isDone()) return;
    const sideLast = [...step.needs].sort((a, b) => Number(a.beside ?? false) - Number(b.beside ?? false));
    for (const need of sideLast) await visit(need);
    missing.push(step);
  };
  for (const target of targets) await visit(target);
  return missing;
};

/** Makes the side lane's steps one after the other; gives the promise of each. */
const startSideLane = (steps: readonly BuildStep[], run: StepRun): ReadonlyMap<BuildStep, Promise<void>> => {
  const making = new Map<BuildStep, Promise<void>>();
  let before = Promise.resolve();
  for (const step of steps) {
    before = before.then(async () => {
      run.signal.throwIfAborted();
      await step.make();
    });
    before.catch((error: unknown) => run.stop.abort(error));
    making.set(step, before);
  }
  return making;
};

/**
 * Makes what is missing for the targets. Compilers use every core by themselves, so steps run one after the other;
 * those marked `beside` use little of the machine and run in a second lane meanwhile. What is there is kept, and a step
 * that only a finished one needs is not made. Resolves with how many were made; rejects with the first failure, when
 * everything has stopped.
 */
export const runSteps = async (targets: readonly BuildStep[], run: StepRun): Promise<number> => {
  const missing = await missingSteps(targets);
  const side = startSideLane(
    missing.filter((step) => step.beside),
    run,
  );
  try {
    for (const [index, step] of missing.entries()) {
      run.signal.throwIfAborted();
      run.progress.step(step.title, index + 1, missing.length);
      run.side.show(step.beside ?? false);
      await (side.get(step) ?? step.make());
      run.progress.done();
    }
    return missing.length;
  } catch (error) {
    run.stop.abort(error);
    await Promise.allSettled(side.values());
    throw error;
  }
};

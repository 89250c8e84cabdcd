import type { StepRun } from '../../src/adapters/images/source/steps/run-steps.ts';
import { sideLane } from '../../src/adapters/images/source/steps/side-lane.ts';
import { type RecordedProgress, recordedProgress } from './recorded-progress.ts';

/** What build steps run with, remembering what was told. */
export const stepRun = (
  signal: AbortSignal = new AbortController().signal,
): StepRun & { readonly progress: RecordedProgress } => {
  const progress = recordedProgress();
  const stop = new AbortController();
  return { progress, stop, signal: AbortSignal.any([signal, stop.signal]), side: sideLane(progress) };
};

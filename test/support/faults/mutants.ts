import type { Fault } from './fault.ts';
import { LABEL_SPACE_MUTANTS } from './mutants/label-spaces.ts';
import { LABEL_MUTANTS } from './mutants/labels.ts';
import { READING_MUTANTS } from './mutants/reading.ts';
import { SEEING_MUTANTS } from './mutants/seeing.ts';
import { TIMING_MUTANTS } from './mutants/timing.ts';

/** Faults that no bug of the catalogue stands for: what the library has to notice without having been written for it. */
export const MUTANTS: readonly Fault[] = [
  ...LABEL_SPACE_MUTANTS,
  ...LABEL_MUTANTS,
  ...READING_MUTANTS,
  ...SEEING_MUTANTS,
  ...TIMING_MUTANTS,
];

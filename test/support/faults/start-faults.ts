import type { Outcome } from '../../../src/core/matrix/outcome.ts';

/** A way in which a dataplane goes wrong with pods that have just come. */
export interface StartFault {
  readonly id: string;
  /** What goes wrong, one line. */
  readonly what: string;
  /** What becomes of an attempt from a pod of this age, in ms. */
  readonly wire: (outcome: Outcome, ageMs: number) => Outcome;
}

/** Faults of plugins in the first seconds of a pod. */
export const START_FAULTS: readonly StartFault[] = [
  {
    id: 'B94',
    what: 'a new pod is open for its first second',
    wire: (outcome, ageMs) => (ageMs < 1_000 ? 'open' : outcome),
  },
];

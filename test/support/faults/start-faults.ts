import type { Outcome } from '../../../src/core/matrix/outcome.ts';
import type { Protocol } from '../../../src/core/model/protocol.ts';

/** An attempt from a pod of an age to one of another, in ms; `held`: a question on a connection that the first one holds. */
interface StartAttempt {
  readonly fromMs: number;
  readonly toMs: number;
  readonly protocol: Protocol;
  readonly held?: true;
}

/** A way in which a dataplane goes wrong with pods that have just come. */
export interface StartFault {
  readonly id: string;
  /** What goes wrong, one line. */
  readonly what: string;
  readonly wire: (outcome: Outcome, attempt: StartAttempt) => Outcome;
  /** A part of the name of every cell that fails. */
  readonly shows: string;
}

/** Faults of plugins in the first seconds of a pod. */
export const START_FAULTS: readonly StartFault[] = [
  {
    id: 'B94',
    what: 'a new pod is open for its first second',
    wire: (outcome, { fromMs }) => (fromMs < 1_000 ? 'open' : outcome),
    shows: 'x/new-',
  },
  {
    id: 'B99',
    what: 'a new pod that was let through is cut off until the rest of its policy has come',
    wire: (outcome, { fromMs }) => (fromMs >= 500 && fromMs < 2_500 ? 'dropped' : outcome),
    shows: 'x/new-',
  },
  {
    id: 'B95',
    what: 'what a new pod opened before its policies came gets no answers after it',
    wire: (outcome, { fromMs, held }) => (held && fromMs >= 1_500 ? 'dropped' : outcome),
    shows: 'x/job-',
  },
];

/** A fault that no plugin is known to have had, in the other direction. */
export const ENTERED: StartFault = {
  id: 'entered',
  what: 'everybody gets into a new pod for its first second',
  wire: (outcome, { toMs }) => (toMs < 1_000 ? 'open' : outcome),
  shows: '->x/new:',
};

import type { Cell } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import type { Attempt } from '../matrix/outcome.ts';
import { isExcused, isSilenceExcused, isStalled, portState, type Surroundings } from './health.ts';
import type { JudgeLimits } from './limits.ts';

/**
 * What an attempt is worth against an expectation.
 *
 * - `conforms`, `contrary`: it satisfies or contradicts it
 * - `misrouted`: somebody else answered, which no expectation allows
 * - `doubtful`: the network did something that neither satisfies nor contradicts it
 * - `unknown`: the probing itself was in trouble; the attempt does not count
 */
export type Evidence = 'conforms' | 'contrary' | 'misrouted' | 'doubtful' | 'unknown';

/** An expectation that is judged. */
export type Judged = Exclude<Expected, 'reported'>;

/** Weighs one attempt of a cell against an expectation (design: "Judging", table of outcomes). */
export type Scales = (attempt: Attempt, expected: Judged) => Evidence;

/** Makes the scales of one cell. They look up `surroundings` anew for each attempt. */
export function scalesOf(cell: Cell, surroundings: Surroundings, limits: JudgeLimits): Scales {
  const excused = (attempt: Attempt) => isExcused(attempt, cell, surroundings, limits);
  const port = (attempt: Attempt) => portState(attempt, cell, surroundings);
  // Datagrams wait in the kernel for a late agent, which then tells that they arrived, if it was dialled directly.
  const isUpToKernels = cell.method === 'agent' && (cell.protocol === 'TCP' || cell.path === 'pod-ip');

  /** Through only with an answer: what came back, or did not, contradicts it unless the silence may be ours. */
  const open: Scale = (attempt) => {
    if (attempt.repeated) return 'unknown';
    if (attempt.outcome === 'open') return 'conforms';
    if (excused(attempt)) return 'unknown';
    if (hasUnseenServer(attempt, cell) && isStalled(attempt, surroundings)) return 'unknown';
    if (attempt.handshake) return 'doubtful';
    return attempt.outcome === 'refused' && port(attempt) === 'not-bound' ? 'doubtful' : 'contrary';
  };
  /** An answer, an arrival or a handshake proves a leak, however late the agents were; a refusal proves closed only at a live port. */
  const closed: Scale = (attempt) => {
    if (attempt.outcome === 'open') return 'contrary';
    if (attempt.outcome === 'refused' && port(attempt) === 'bound') return 'conforms';
    if (attempt.outcome === 'dropped' && isUpToKernels) {
      return isSilenceExcused(attempt, cell, surroundings) ? 'unknown' : 'conforms';
    }
    if (excused(attempt)) return 'unknown';
    return attempt.outcome === 'dropped' ? 'conforms' : 'doubtful';
  };
  const unresolved: Scale = (attempt) => {
    if (attempt.outcome === 'open') return 'contrary';
    if (attempt.outcome === 'unresolved' && cell.method === 'agent') {
      return isSilenceExcused(attempt, cell, surroundings) ? 'unknown' : 'conforms';
    }
    if (excused(attempt)) return 'unknown';
    return attempt.outcome === 'unresolved' ? 'conforms' : 'contrary';
  };
  const scales = { open, closed, unresolved };

  return (attempt, expected) => {
    if (attempt.outcome === 'misrouted') return 'misrouted';
    if ((attempt.handshake || attempt.arrived) && expected !== 'open') return 'contrary';
    return attempt.outcome === 'inconclusive' ? 'unknown' : scales[expected](attempt);
  };
}

/** Whether an attempt hung on a program of which nobody tells that it was late: what serves names, or the pages of a wget. */
function hasUnseenServer({ outcome }: Attempt, { method }: Cell): boolean {
  return outcome === 'unresolved' || (method === 'wget' && outcome === 'dropped');
}

type Scale = (attempt: Attempt) => Evidence;

import type { Outcome } from '../../../../src/core/matrix/outcome.ts';
import type { StartFault } from '../start-faults.ts';

/** What a pod of this age says to what has reached it: its program listens after a second. */
const reached = (outcome: Outcome, toMs: number): Outcome =>
  outcome === 'dropped' && toMs > 300 && toMs < 1_000 ? 'refused' : outcome;

/** Made-up faults that let packets in to a new pod only before it listens. */
export const FIRST_REFUSAL_MUTANTS: readonly StartFault[] = [
  {
    id: 'entered-before-it-listens',
    what: 'nobody is kept from a new pod before its program listens',
    wire: (outcome, { toMs }) => reached(outcome, toMs),
    shows: '->x/new:',
  },
  {
    id: 'udp-entered-before-it-listens',
    what: 'no datagram is kept from a new pod before its program listens',
    wire: (outcome, { toMs, protocol }) => (protocol === 'UDP' ? reached(outcome, toMs) : outcome),
    shows: '->x/new:5000/UDP',
  },
];

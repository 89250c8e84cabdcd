import type { StartFault } from '../start-faults.ts';

/** Made-up faults that let packets in to a new pod only before it listens. */
export const FIRST_REFUSAL_MUTANTS: readonly StartFault[] = [
  {
    id: 'entered-before-it-listens',
    what: 'nobody is kept from a new pod before its program listens',
    wire: (outcome, { toMs }) => (outcome === 'dropped' && toMs > 300 && toMs < 1_000 ? 'refused' : outcome),
    shows: '->x/new:',
  },
];

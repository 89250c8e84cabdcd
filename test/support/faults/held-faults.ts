import type { SimulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import type { Outcome } from '../../../src/core/matrix/outcome.ts';

/** An exchange on a connection, or an attempt from its source port, as the wire of a faulty dataplane gets it. */
interface OnAConnection {
  readonly hold: NonNullable<Parameters<SimulatedNetwork>[1]['hold']>;
  /** What a new connection comes to. */
  readonly outcome: Outcome;
  /** Time since an object of the cluster changed, in ms. */
  readonly sinceMs: number;
}

/** A way in which a dataplane goes wrong with connections that it knows. */
export interface HeldFault {
  readonly id: string;
  /** What goes wrong, one line. */
  readonly what: string;
  readonly wire: (attempt: OnAConnection) => Outcome;
}

/** Faults of plugins in what they do to connections that are, or were, open. */
export const HELD_FAULTS: readonly HeldFault[] = [
  {
    id: 'B100',
    what: 'every change resets the connections that are open',
    wire: ({ hold, outcome, sinceMs }) => (hold === 'keep' && sinceMs < 300 ? 'refused' : outcome),
  },
  {
    id: 'B105',
    what: 'a connection from ports that were known passes every policy',
    wire: ({ hold, outcome }) => (hold === 'keep' ? outcome : 'open'),
  },
];

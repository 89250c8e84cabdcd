import type { SimulatedNetwork } from '../../../src/adapters/simulated/simulated-network.ts';
import type { Cell } from '../../../src/core/matrix/cell.ts';
import type { Outcome } from '../../../src/core/matrix/outcome.ts';
import type { PluginPart } from '../../../src/core/scenario/disruption.ts';

/** An exchange on a connection, or an attempt from its source port, as the wire of a faulty dataplane gets it. */
interface OnAConnection {
  readonly hold: NonNullable<Parameters<SimulatedNetwork>[1]['hold']>;
  /** The source port, where the engine says it. */
  readonly sourcePort: number | undefined;
  /** What a new connection comes to. */
  readonly outcome: Outcome;
  /** What a new connection to another port of the destination comes to. */
  readonly outcomeAt: (port: number) => Outcome;
  /** Time since an object of the cluster changed, in ms. */
  readonly sinceMs: number;
  readonly cell: Cell;
  /** The part of the plugin that was restarted last, or is being restarted. */
  readonly restarted: PluginPart | undefined;
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

/** From the restart of a part on, connections that are open, and of this kind, come to something else. */
const onceRestarted =
  (part: PluginPart, outcome: Outcome, isMeant: (cell: Cell) => boolean = () => true): HeldFault['wire'] =>
  (attempt) =>
    attempt.hold === 'keep' && attempt.restarted === part && isMeant(attempt.cell) ? outcome : attempt.outcome;

/** Made-up faults in what becomes of connections when the plugin's parts restart. */
export const HELD_MUTANTS: readonly HeldFault[] = [
  {
    id: 'agents-cut-connections',
    what: 'connections that were open when the agents restarted are dropped from then on',
    wire: onceRestarted('agent', 'dropped'),
  },
  {
    id: 'agents-forget-who-asked',
    what: 'agents that restarted take answers to a pod that nothing may enter for new traffic',
    wire: onceRestarted('agent', 'dropped', ({ from }) => from.endsWith('/asker')),
  },
  {
    id: 'controller-resets-connections',
    what: 'a controller that restarts resets the connections that are open',
    wire: onceRestarted('controller', 'refused'),
  },
  {
    id: 'controller-forgets-namespaces-of-connections',
    what: 'a controller that restarts drops connections from other namespaces',
    wire: onceRestarted('controller', 'dropped', ({ from, to }) => from.split('/')[0] !== to.split('/')[0]),
  },
];

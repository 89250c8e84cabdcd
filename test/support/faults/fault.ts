import type { Cell } from '../../../src/core/matrix/cell.ts';
import type { Outcome } from '../../../src/core/matrix/outcome.ts';
import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import type { Semantics } from './semantics.ts';

/** What a plugin hears of: objects that changed, parts of itself that stop, are back, or were restarted, or the API server. */
export type PluginEvent =
  | 'objects'
  | 'agents-stopped'
  | 'agents-started'
  | 'controller-restarted'
  | 'api-server-restarted'
  | 'cut-off'
  | 'joined';

/** What a plugin with a memory knows of the time before: the cluster as it was, and as the plugin took it to be. */
export interface Memory {
  readonly actual: ClusterState;
  readonly seen: ClusterState;
  /** What the fault keeps in mind itself; empty at the start. */
  readonly notes: Set<string>;
  /** What it hears of now. While its agents are stopped it hears of nothing, and of all at once when they are back. */
  readonly event: PluginEvent;
  /** Time since it heard of something before, in ms. Changes that are made together have none between them. */
  readonly sinceMs: number;
}

/** An attempt as the wire of a faulty dataplane gets it. */
export interface OnTheWire {
  /** What the policies that the dataplane enforces come to. */
  readonly outcome: Outcome;
  /** What they came to before the last change. */
  readonly before: Outcome;
  readonly cell: Cell;
  /** The cluster as the plugin takes it to be. */
  readonly seen: ClusterState;
  /** The last change. */
  readonly event: PluginEvent;
  /** Time since the last change, in ms. */
  readonly sinceMs: number;
  /** The attempts of all cells, counted. */
  readonly count: number;
  /** What the fault keeps in mind itself (`sees` writes it). */
  readonly notes: ReadonlySet<string>;
}

/**
 * A way in which a dataplane goes wrong, as a small deviation from a sound one. Without any field it is sound. Real
 * plugins had those whose `id` is a bug's (docs/bugs.md); the others are made up.
 */
export interface Fault {
  readonly id: string;
  /** What goes wrong, one line. */
  readonly what: string;
  /** The cluster as the plugin takes it to be, after every change of an object. */
  readonly sees?: (actual: ClusterState, memory: Memory) => ClusterState;
  /** What is enforced while no agents run; without, what was before they stopped. */
  readonly away?: (frozen: ClusterState) => ClusterState;
  /** How it reads policies, where that is not as the API says. */
  readonly reads?: (seen: ClusterState, notes: ReadonlySet<string>) => Partial<Semantics>;
  /** What becomes of an attempt on its way. */
  readonly wire?: (attempt: OnTheWire) => Outcome;
  /** Where it has to show, by scenario: a part of the name of the first step and cell that fail. Elsewhere: anywhere. */
  readonly shows?: Readonly<Record<string, string>>;
}

import { oracleDataplane } from '../../../src/adapters/simulated/simulated-network.ts';
import type { Cell } from '../../../src/core/matrix/cell.ts';
import type { Outcome } from '../../../src/core/matrix/outcome.ts';
import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import type { Fault, PluginEvent } from './fault.ts';
import { faultyTier } from './semantics.ts';

/** A dataplane with a fault, told of every change of the cluster's state and of the plugin's parts. */
export interface FaultyDataplane {
  /** The cluster is in this state from `atMs` on; `event` is what happened, default: objects changed. */
  change(state: ClusterState, atMs: number, event?: PluginEvent): void;
  /** What becomes of an attempt. Nothing may be asked before the first change. */
  attempt(cell: Cell, atMs: number): Outcome;
}

/** Sets up a dataplane with a fault. While its agents are stopped it stays as it was. */
export function faultyDataplane({ sees, away, reads, wire }: Fault): FaultyDataplane {
  const notes = new Set<string>();
  let known = { actual: NOTHING, seen: NOTHING };
  let enforced = NOTHING;
  let running = true;
  let last: PluginEvent = 'objects';
  let changedMs = 0;
  let count = 0;
  let before: (cell: Cell) => Outcome = () => 'open';
  let now: (cell: Cell) => Outcome = before;
  return {
    change(actual, atMs, event = 'objects') {
      if (event === 'agents-stopped' || event === 'cut-off') running = false;
      if (event === 'agents-started' || event === 'joined') running = true;
      if (running) {
        const seen = sees?.(actual, { ...known, notes, event, sinceMs: atMs - changedMs }) ?? actual;
        known = { actual, seen };
        enforced = seen;
      } else if (event === 'agents-stopped') enforced = away?.(known.seen) ?? known.seen;
      if (atMs > changedMs) before = now;
      changedMs = atMs;
      last = event;
      const state = enforced;
      const options = () => (reads === undefined ? {} : { before: [faultyTier(state, reads(state, notes))] });
      now = lazily(() => oracleDataplane(state, options()));
    },
    attempt(cell, atMs) {
      count += 1;
      const outcome = outcomeIn(now, cell);
      if (wire === undefined) return outcome;
      return wire({
        seen: enforced,
        outcome,
        before: outcomeIn(before, cell),
        cell,
        event: last,
        sinceMs: atMs - changedMs,
        count,
        notes,
      });
    },
  };
}

/** Of many changes without an attempt between them only the last needs a dataplane. */
function lazily(make: () => (cell: Cell) => Outcome): (cell: Cell) => Outcome {
  let made: ((cell: Cell) => Outcome) | undefined;
  return (cell) => {
    made ??= make();
    return made(cell);
  };
}

const NOTHING: ClusterState = { namespaces: [], pods: [], services: [], policies: [] };

/** A plugin may not know an end of a cell (yet, or any more): then nothing gets through. */
function outcomeIn(outcomeOf: (cell: Cell) => Outcome, cell: Cell): Outcome {
  try {
    return outcomeOf(cell);
  } catch (error) {
    if (error instanceof RangeError) return 'dropped';
    throw error;
  }
}

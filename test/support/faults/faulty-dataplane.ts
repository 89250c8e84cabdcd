import { oracleDataplane } from '../../../src/adapters/simulated/simulated-network.ts';
import type { Cell } from '../../../src/core/matrix/cell.ts';
import type { Outcome } from '../../../src/core/matrix/outcome.ts';
import type { ClusterState } from '../../../src/core/model/cluster-state.ts';
import type { Fault, Memory } from './fault.ts';
import { faultyTier } from './semantics.ts';

/** A dataplane with a fault, told of every change of the cluster's state. */
export interface FaultyDataplane {
  /** The cluster is in this state from `atMs` on. */
  change(state: ClusterState, atMs: number): void;
  /** What becomes of an attempt. Nothing may be asked before the first change. */
  attempt(cell: Cell, atMs: number): Outcome;
}

/** Sets up a dataplane with a fault. */
export function faultyDataplane({ sees, reads, wire }: Fault): FaultyDataplane {
  const notes = new Set<string>();
  let memory: Memory = { actual: NOTHING, seen: NOTHING, notes };
  let changedMs = 0;
  let count = 0;
  let before: (cell: Cell) => Outcome = () => 'open';
  let now: (cell: Cell) => Outcome = before;
  return {
    change(actual, atMs) {
      const seen = sees?.(actual, memory) ?? actual;
      memory = { actual, seen, notes };
      if (atMs > changedMs) before = now;
      changedMs = atMs;
      const options = () => (reads === undefined ? {} : { before: [faultyTier(seen, reads(seen, notes))] });
      now = lazily(() => oracleDataplane(seen, options()));
    },
    attempt(cell, atMs) {
      count += 1;
      const outcome = outcomeIn(now, cell);
      if (wire === undefined) return outcome;
      return wire({
        seen: memory.seen,
        outcome,
        before: outcomeIn(before, cell),
        cell,
        sinceMs: atMs - changedMs,
        count,
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

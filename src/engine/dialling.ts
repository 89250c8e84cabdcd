import type { Cell } from '../core/matrix/cell.ts';

/** How a step's cells are dialled while pods are made or restarted. */
export interface Dialling {
  /** The cells after the step: pods that dial from their first instant are told their addresses, where the ends are there already. */
  readonly cells: readonly Cell[];
  /**
   * Has the agents that are there dial pods before those are ready, at the addresses that they have in the topology;
   * `absent` are all pods that do not probe yet.
   */
  readonly ahead: (pods: readonly string[], absent: readonly string[]) => Promise<void>;
}

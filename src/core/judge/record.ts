import type { Attempt } from '../matrix/outcome.ts';
import type { PlannedCell } from '../scenario/planned-step.ts';

/** A span on the run's clock, in ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A cell with every attempt from before the change to the end of the step, ordered by `sentMs`. */
export interface CellSeries {
  readonly planned: PlannedCell;
  readonly attempts: readonly Attempt[];
}

/** What is known of a pod's agent during a step. */
export interface AgentHealth {
  /** Logical name of the pod. */
  readonly pod: string;
  /** When it was late by more than the limit (100 ms), starved, or its canary failed, or nothing is known of it. */
  readonly unknown: readonly (Span & { readonly reason: string })[];
  /** When each served port was surely bound; keys `80/TCP`. Absent for pods without an agent. */
  readonly bound: ReadonlyMap<string, readonly Span[]> | undefined;
}

/** Everything that a step's verdict is derived from. */
export interface StepRecord {
  /** Of each change in order: request sent, answer received, in ms. Empty for a step that only observes. */
  readonly changes: readonly { readonly sentMs: number; readonly answeredMs: number }[];
  readonly series: readonly CellSeries[];
  readonly agents: ReadonlyMap<string, AgentHealth>;
  /** Backends of each Service, by its logical name: the pods whose ports decide what a refusal means. */
  readonly backends: ReadonlyMap<string, readonly string[]>;
  readonly budgetMs: number;
  readonly flapsAllowed: boolean;
  /** When the hold began and ended. */
  readonly hold: Span;
}

import type { RunResult, ScenarioResult, StepResult } from '../core/result/result.ts';
import type { ClusterInfo } from './cluster.ts';

/** What a run tells while it runs; reporters listen. Ids are those of the scenarios. */
export type RunEvent =
  | { readonly kind: 'run-started'; readonly id: string; readonly cluster: ClusterInfo; readonly scenarios: number }
  | {
      readonly kind: 'scenario-started';
      readonly id: string;
      readonly title: string;
      readonly index: number;
      readonly total: number;
      /** What the loader changed or left out. */
      readonly notes: readonly string[];
    }
  /**
   * What a scenario is doing besides its steps: `namespaces`, `pods`, `agents`, `baseline`, `clean-up`;
   * `repeat` when our own trouble left cells unknown and it runs once more at once, `set aside` when it did not pass and
   * runs once more after the others, `rerun` when that begins.
   */
  | { readonly kind: 'phase'; readonly id: string; readonly phase: string }
  /** A scenario's first attempt was sent, `sinceStartMs` after the program began. */
  | { readonly kind: 'first-probe'; readonly sinceStartMs: number }
  | { readonly kind: 'step-started'; readonly id: string; readonly step: string; readonly cells: number }
  | { readonly kind: 'step-finished'; readonly id: string; readonly result: StepResult }
  | { readonly kind: 'scenario-finished'; readonly result: ScenarioResult }
  | { readonly kind: 'warning'; readonly code: string; readonly message: string; readonly hint?: string }
  | { readonly kind: 'run-finished'; readonly result: RunResult };

/** Receives the events of a run, in order. Must not throw. */
export type RunEvents = (event: RunEvent) => void;

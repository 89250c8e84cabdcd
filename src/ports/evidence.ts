import type { StepRecord } from '../core/judge/record.ts';
import type { StepResult } from '../core/result/result.ts';
import type { PlannedStep } from '../core/scenario/planned-step.ts';
import type { Substitution } from '../core/scenario/render-manifest.ts';
import type { Scenario } from '../core/scenario/scenario.ts';
import type { PodRef } from './cluster.ts';

/** A pod of the scenario as it really stands. */
interface CasePod {
  readonly ref: PodRef;
  readonly ips: readonly string[];
  readonly node: string;
}

/** A step that did not pass, while what it was about still stands. */
export interface StepCase {
  /** The run's id. */
  readonly run: string;
  readonly scenario: Scenario;
  readonly planned: PlannedStep;
  readonly record: StepRecord;
  readonly result: StepResult;
  /** What the names and placeholders of its manifests stand for. */
  readonly substitution: Substitution;
  /** By logical name, `namespace/name`. */
  readonly pods: ReadonlyMap<string, CasePod>;
  /** Wall-clock time of the run clock's zero, ms since 1970. */
  readonly epochMs: number;
}

/** Keeps what may explain why a step did not pass. */
export interface Evidence {
  /**
   * Collects it within some seconds, and resolves with the folder; undefined where none could be made. What could not
   * be had is said there. Changes nothing on the cluster. Rejects only with the signal's reason.
   */
  collect(found: StepCase, signal: AbortSignal): Promise<string | undefined>;
}

import type { Cell } from '../matrix/cell.ts';
import type { Attempt } from '../matrix/outcome.ts';
import type { PlannedCell } from '../scenario/planned-step.ts';
import type { HeldConnection } from './held-connection.ts';

/** A span on the run's clock, in ms. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * A cell with every attempt from the end of the step before (or of the open baseline) to the end of this step. The
 * judge orders them by `sentMs`. Nothing of a pod's start belongs here: an attempt before the change is judged too.
 */
export interface CellSeries {
  readonly planned: PlannedCell;
  readonly attempts: readonly Attempt[];
  /** Planned time between two attempts once the change was made, in ms; default 0. */
  readonly intervalMs?: number;
}

/** A span in which an agent cannot be relied on. */
export interface UnknownSpan extends Span {
  readonly reason: string;
  /** The agent ran, only too late: the pod's kernel went on answering handshakes in its place. */
  readonly late?: true;
}

/** What is known of a pod's agent during a step. */
export interface AgentHealth {
  /** Logical name of the pod. */
  readonly pod: string;
  /** When it was late by more than the limit (100 ms), starved, or its canary failed, or nothing is known of it. */
  readonly unknown: readonly UnknownSpan[];
  /** When each served port was surely bound; keys `80/TCP`. Absent for pods without an agent. */
  readonly bound: ReadonlyMap<string, readonly Span[]> | undefined;
}

/** A pod behind the port of a Service, or behind a host port. */
export interface Backend {
  /** Logical name of the pod. */
  readonly pod: string;
  /** The pod's port that the dialled one leads to. */
  readonly port: number;
  /** When it was surely a ready endpoint. */
  readonly ready: readonly Span[];
}

/** When a change was made, in ms. */
export interface RecordedChange {
  readonly sentMs: number;
  readonly answeredMs: number;
  /** Pods came or went by it. */
  readonly churn?: true;
}

/** Everything that a step's verdict is derived from. */
export interface StepRecord {
  /** Of each change in order: request sent, answer received (a new pod: Ready), in ms. Empty for a step that only observes. */
  readonly changes: readonly RecordedChange[];
  readonly series: readonly CellSeries[];
  readonly agents: ReadonlyMap<string, AgentHealth>;
  /** Of each port of a Service or a host that cells dial, by `portKey(cell)`: the pods whose ports decide what a refusal means. */
  readonly backends: ReadonlyMap<string, readonly Backend[]>;
  readonly budgetMs: number;
  readonly flapsAllowed: boolean;
  /** When the hold began and ended. */
  readonly hold: Span;
  /** Connections that were held open through the step. */
  readonly connections?: readonly HeldConnection[];
}

/** Key of the port that a cell dials: `x/web:80/TCP`; of a host port `node of x/web:8080/TCP`. */
export function portKey({ to, port, protocol, path }: Cell): string {
  return `${path === 'host-port' ? 'node of ' : ''}${to}:${port}/${protocol}`;
}

import type { HeldState } from '../judge/held-connection.ts';
import type { CellReason, Interval } from '../judge/verdict.ts';
import type { Cell } from '../matrix/cell.ts';
import type { Expected } from '../matrix/expected.ts';
import type { Outcome } from '../matrix/outcome.ts';
import type { DocumentedGap } from './card/documented-gap.ts';

/** How a scenario or step came out in a run. `flaky`: it failed, and passed when run once more alone. */
export type ResultStatus = 'passed' | 'failed' | 'flaky' | 'inconclusive' | 'skipped';

/** Where an image came from: a registry's digest, or the recipe and versions that it was built from. */
export interface ImageProvenance {
  readonly name: string;
  /** e.g. `registry docker.io/kindest/node@sha256:…` or `source k8s.io/kubernetes v1.37.2 recipe 3f9a…`. */
  readonly provenance: string;
}

/** A run of equal outcomes in a series: `[outcome, attempts, first sent at, last sent at]`, ms after the change was sent. */
export type SeriesRun = readonly [outcome: Outcome, attempts: number, firstMs: number, lastMs: number];

/** A cell in `result.json`. Times are ms after the step's first change was sent (a step without: after its hold began). */
export interface CellResult extends Cell {
  readonly expected: Expected;
  readonly status: 'passed' | 'failed' | 'inconclusive' | 'reported';
  readonly observed: Outcome | null;
  readonly attempts: number;
  /** Attempts that say something about the expectation where it is in force. */
  readonly known: number;
  /** Known attempts that contradict it, those inside budget and grace too. */
  readonly contrary: number;
  /** Leak rate (0 to 1) that the hold excludes at 95 %. */
  readonly excluded_leak: number;
  readonly settle_ms: number | null;
  readonly exposure_ms: Interval | null;
  readonly outage_ms: Interval | null;
  readonly unverified: boolean;
  /** Lines of the step's `explanations` that say which rule decides this cell. */
  readonly explanation: readonly number[];
  readonly series: readonly SeriesRun[];
}

/** Why a cell, or a connection of it that was held open, failed or stayed inconclusive, for people. */
export interface FailureResult {
  /** The cell's name: `x/a->y/b:80/TCP via pod-ip`. */
  readonly cell: string;
  /** It is of the connection that was `held` open through the step, or `again` dialled from its source port. Absent: of the cell. */
  readonly connection?: 'held' | 'again';
  readonly expected: Expected;
  readonly observed: Outcome | null;
  /** When the contrary attempt was sent, ms after the change; null where none decides. */
  readonly at_ms: number | null;
  /** Why, the gravest first; attempts in it have their times on the run's clock. */
  readonly reasons: readonly CellReason[];
  /** The rule that decides, from the oracle. */
  readonly explanation: string;
  /** A shell command that repeats the attempt; where kubectl alone cannot, a sentence that says why. */
  readonly repro: string;
  /** Folder of the evidence; null while there is none. */
  readonly evidence: string | null;
}

/**
 * A step in `result.json`. `sent_at` and `answered_at` are ISO 8601 times: the first change's request, the last one's
 * answer. `settle_ms`, `exposure_ms` and `outage_ms` are those of the slowest cell; of an exposure that was never seen
 * to end what it lasted at least.
 */
export interface StepResult {
  readonly name: string;
  readonly status: Exclude<ResultStatus, 'flaky'>;
  readonly reason: string | null;
  /** What the step changed, in order; empty where it only observes. */
  readonly changes: readonly StepChangeResult[];
  /** Nothing else went on in the run meanwhile: only then do its times speak of the plugin alone. Absent: not known. */
  readonly alone?: boolean;
  readonly sent_at: string | null;
  readonly answered_at: string | null;
  /** From sending the first change, or where nothing changes from the beginning of the hold, to the end of the hold. Absent: not known. */
  readonly duration_ms?: number;
  /** How long everything was watched after it had settled: longer than asked for where the probe rate did not allow more. */
  readonly hold_ms?: number;
  readonly settle_ms: number | null;
  readonly exposure_ms: number | null;
  readonly outage_ms: number | null;
  readonly cells: readonly CellResult[];
  /** Connections that were held open through the step. */
  readonly connections: readonly ConnectionResult[];
  /** Lines of text, each once; cells refer to them by index. `(FILE:LINE:COLUMN)` in them points into a policy. */
  readonly explanations: readonly string[];
  readonly failures: readonly FailureResult[];
}

/** A connection that was held open through a step. */
export interface ConnectionResult extends Cell {
  readonly state: HeldState;
  /** `reported`: the API leaves open what becomes of it. */
  readonly status: 'passed' | 'failed' | 'inconclusive' | 'reported';
  /** When the first exchange without an answer was sent, ms after the change; null where it was always answered. */
  readonly broken_ms: number | null;
  /** Exchanges that were made and answered. */
  readonly exchanges: number;
  readonly answered: number;
  /** What an attempt from the same source port came to after the hold; null where none was made. */
  readonly again: Outcome | null;
}

/** A change that a step made. */
export interface StepChangeResult {
  /** `create`, `update` and `delete` of a policy, `relabel-pod`, `relabel-namespace`, `restart`, `stop`, `start` of a part of the plugin, `restart` of the API server, `cut` and `join` of the nodes' way to it, `restart-sandbox`, `restart-container`, `restart-node`; later versions may add kinds. */
  readonly kind: string;
  /** What was changed, by its logical name: `NetworkPolicy x/deny`, `Pod x/a`. */
  readonly object: string;
}

/** A policy that a scenario applies. */
export interface PolicyResult {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** For each line of `text` the line of `file` that it stands for, null where that is not known. */
  readonly lines: readonly (number | null)[];
}

/** A scenario in `result.json`. */
export interface ScenarioResult {
  readonly id: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly origin: string | null;
  readonly status: ResultStatus;
  /** Why it was skipped or could not be judged. */
  readonly reason: string | null;
  /** It could not be run to its end; `reason` says why. */
  readonly incomplete?: true;
  /** Its pods on the network of their node, as `namespace/name`; absent where there are none. */
  readonly host_network?: readonly string[];
  /** It failed, and is known to fail on this version of the plugin: not a failure of the run. */
  readonly known?: { readonly why: string; readonly finding: string };
  readonly duration_ms: number;
  /** Each policy as the file states it. */
  readonly policies: readonly PolicyResult[];
  readonly steps: readonly StepResult[];
}

/** Percentiles of a time over the cells that had one, ms. */
export interface Spread {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** Counts of a run. */
export interface Summary {
  readonly scenarios: number;
  readonly passed: number;
  /** Those that are known to fail on this version of the plugin not among them. */
  readonly failed: number;
  /** Failed, and known to. */
  readonly known: number;
  readonly flaky: number;
  readonly inconclusive: number;
  readonly skipped: number;
  readonly skippedBy: Readonly<Record<string, number>>;
  readonly cells: number;
  readonly attempts: number;
  readonly settle_ms: Spread | null;
  readonly exposure_ms: Spread | null;
}

/** What a property of the capability card is about: what a policy can say, or when it has to hold. */
export type CardGroup = 'feature' | 'life-cycle';

/** What a run says of one property of the network plugin. */
export interface CardEntry {
  /** The scenarios' tag that stands for it, e.g. `named-ports`. */
  readonly property: string;
  readonly group: CardGroup;
  /** Its name for people. */
  readonly title: string;
  /**
   * `enforced`: scenarios passed, with judged cells that are about it, and none failed; `violated`: one failed, or was
   * flaky, in cells that are about it. What cells cannot tell goes by the tags of scenarios.
   */
  readonly state: 'enforced' | 'violated' | 'not-tested';
  /** Scenarios that passed. */
  readonly passed: number;
  /** Ids of the scenarios that violate it. */
  readonly violated: readonly string[];
  /** Scenarios that were skipped, that failed elsewhere, or from which it could not be found out. */
  readonly undecided: number;
  /** Why it was not tested; null where it was. */
  readonly reason: string | null;
  /** What the plugin's makers say of it that makes a violation a documented gap, with its link. */
  readonly documented?: string;
}

/** How long the plugin takes to enforce one kind of change, over the cells that such changes moved. */
export interface LatencyEntry {
  readonly change: 'create' | 'update' | 'delete' | 'relabel';
  readonly cells: number;
  readonly settle_ms: Spread | null;
  readonly exposure_ms: Spread | null;
}

/** How a run probed: the bound on its rate, and how well it kept to its plan. */
export interface ProbingResult {
  /** Scenarios that ran at once at most. */
  readonly lanes: number;
  /** Bound on the attempts a second of all agents together; null where nothing was probed. */
  readonly attempts_per_second: number | null;
  /** Rates that calibration tried, with how late attempts were sent; one that did not hold is there twice. Null: the bound was given. */
  readonly calibration: readonly { readonly attempts_per_second: number; readonly late_ms: Spread | null }[] | null;
  /** How late attempts were sent in the whole run, percentiles to 9 %. */
  readonly late_ms: Spread | null;
  /** Bound of the error of the attempts' times (alignment of the agents' clocks), percentiles to 9 %. */
  readonly clock_error_ms: Spread | null;
}

/** The whole of `result.json`, version 1 (additions only). */
export interface RunResult {
  readonly version: 1;
  readonly run: {
    readonly id: string;
    /** The version of netproof. Absent in results of earlier versions. */
    readonly netproof?: string;
    readonly started: string;
    readonly duration_ms: number;
    readonly simulated: boolean;
    readonly interrupted: boolean;
    /** Scenarios that the run was given and has no result of: it was interrupted, or stopped at a failure. Absent: not known. */
    readonly unfinished?: number;
    readonly cluster: {
      readonly provider: string;
      readonly kubernetes: string;
      readonly nodes: number;
      readonly ipFamily: string;
    };
    /** `gaps`: what the plugin is documented not to do, where netproof knows the plugin. */
    readonly cni: { readonly name: string; readonly version: string; readonly gaps?: readonly DocumentedGap[] };
    readonly images: readonly ImageProvenance[];
    readonly seed: number;
    /** Absent in results of earlier versions. */
    readonly probing?: ProbingResult;
  };
  readonly summary: Summary;
  /** The capability card; empty for a simulated run, which says nothing of a plugin. */
  readonly card: readonly CardEntry[];
  /** Times of the capability card; empty for a simulated run. */
  readonly latency: readonly LatencyEntry[];
  readonly scenarios: readonly ScenarioResult[];
}

import type { CardEntry, LatencyEntry, ResultStatus, RunResult } from '../result.ts';

/** What became of a scenario between two runs. `undecided`: it was decided before, and was skipped, not found out or not reached now. */
export type ScenarioChange = 'violated' | 'flaky' | 'enforced' | 'undecided' | 'new' | 'gone';

/** A scenario that came out otherwise than before. */
export interface ScenarioDifference {
  readonly id: string;
  readonly title: string;
  readonly change: ScenarioChange;
  readonly before: ResultStatus | null;
  readonly after: ResultStatus | null;
  /** Why it was skipped, not found out or not reached now. */
  readonly reason: string | null;
  /** Cells that fail now and did not before, with their step: `deny: x/a->y/b:80/TCP via pod-ip`. */
  readonly cells: readonly string[];
}

/** A property of the capability card whose state changed. */
export interface CardDifference {
  readonly property: string;
  readonly title: string;
  readonly before: CardEntry['state'];
  readonly after: CardEntry['state'];
}

/**
 * A time of one kind of change, compared over the steps that both runs have. `shiftMs` is the median of their
 * differences; `noiseMs` the wider of both runs' interquartile ranges; `p` the two-sided chance of such ranks without a shift.
 */
export interface LatencyDifference {
  readonly change: LatencyEntry['change'];
  readonly measure: 'settle' | 'exposure';
  readonly steps: number;
  readonly beforeMs: number;
  readonly afterMs: number;
  readonly shiftMs: number;
  readonly noiseMs: number;
  readonly p: number;
  /** `same`: no shift that exceeds the noise; `too-few`: too few steps in common to tell. */
  readonly verdict: 'slower' | 'faster' | 'same' | 'too-few';
}

/** What changed from one run to another. */
export interface Difference {
  readonly before: RunResult['run'];
  readonly after: RunResult['run'];
  /** Something got worse: newly violated or flaky, or slower beyond the noise. */
  readonly worse: boolean;
  /** The new run did not get to its end, or decided nothing: what it does not have says nothing. */
  readonly unfinished: boolean;
  readonly scenarios: readonly ScenarioDifference[];
  readonly card: readonly CardDifference[];
  readonly latency: readonly LatencyDifference[];
}

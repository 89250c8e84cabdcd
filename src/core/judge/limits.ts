/** What the judge takes as proof. Times in ms. */
export interface JudgeLimits {
  /** A contrary attempt later than this after settling is a flap. */
  readonly graceMs: number;
  /** An agent later than this excuses an attempt that got no answer. */
  readonly latenessMs: number;
  /** Known attempts that the hold must have of a cell sampled densely: 30 exclude a leak of 10 % at 95 %. */
  readonly denseAttempts: number;
  /** The same of a cell that neither the step nor a policy concerns. */
  readonly sparseAttempts: number;
  /**
   * The same of a wget cell. A closed one takes 2 s an attempt, longer than a hold, so one attempt sent in the hold is
   * asked; the agent that probes the same destination gives the rate.
   */
  readonly wgetAttempts: number;
  /**
   * A cell of which nothing is known for longer than this, or three planned intervals, while its expectation is in
   * force: a leak or an outage may have hidden there.
   */
  readonly gapMs: number;
  /** The same of what a kubelet asks: its pod's status is looked up a few times, and tells of a second or more each. */
  readonly kubeletAttempts: number;
}

/** The limits of design.md, "Judging". */
export const DEFAULT_LIMITS: JudgeLimits = {
  graceMs: 250,
  latenessMs: 100,
  denseAttempts: 30,
  sparseAttempts: 4,
  wgetAttempts: 1,
  gapMs: 1_500,
  kubeletAttempts: 4,
};

/** One thing that `doctor` looked at. */
export interface Check {
  /** e.g. `memory`. */
  readonly name: string;
  /** `lack`: a cluster cannot be made; `warn`: it can, with a drawback. */
  readonly level: 'ok' | 'warn' | 'lack';
  /** What was found, for people. */
  readonly found: string;
  /** The command that mends it, or what to do. */
  readonly remedy?: string;
}

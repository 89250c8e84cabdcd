/** Where long work tells what it is doing. The terminal draws it live, CI prints plain lines; tests record it. */
export interface Progress {
  /** Begins step `index` of `total` (from 1), e.g. "build kubelet v1.37.2". Ends the step before it. */
  step(title: string, index?: number, total?: number): void;
  /** What the current step is doing now, e.g. the last line of a compiler. Replaced by the next one. */
  detail(text: string): void;
  /** A line that stays, e.g. "registry not reachable in 5 s: building from source". */
  note(text: string): void;
  /** Ends the current step. */
  done(): void;
}

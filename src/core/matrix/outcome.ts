/**
 * What one attempt came to (design: "Judging").
 *
 * - `open`: the right destination answered with its identity, or unverified where it has none to give
 * - `dropped`: nothing came back in time
 * - `refused`: a reset or an ICMP error came back
 * - `misrouted`: somebody else answered
 * - `unresolved`: the name did not resolve
 * - `inconclusive`: the probe itself failed; says nothing about the network
 */
export type Outcome = 'open' | 'dropped' | 'refused' | 'misrouted' | 'unresolved' | 'inconclusive';

/** One attempt of a cell. Times are milliseconds on the engine's monotonic clock, counted from the run's start. */
export interface Attempt {
  /** When the attempt was sent; attempts of a cell are ordered by it. */
  readonly sentMs: number;
  /** Bound of the error of `sentMs` (clock alignment with the sending agent). */
  readonly errorMs: number;
  readonly durationMs: number;
  readonly outcome: Outcome;
  /** The transport's handshake completed although no answer followed: violates a closed cell, proves nothing for an open one. */
  readonly handshake?: boolean;
  /** What came answers a packet that was sent again: violates a closed cell, says nothing of an open one. */
  readonly repeated?: boolean;
  /** Source port of a datagram, of a held connection, or of a SYN without an answer: the pod at which it arrives knows it by that. */
  readonly sourcePort?: number;
  /** Source address of a SYN without an answer. */
  readonly sourceAddress?: string;
  /** The datagram or SYN reached the destination although its answer did not come back: violates a closed cell. */
  readonly arrived?: boolean;
  /** Identity in the answer: `namespace/name` (logical) of the pod that answered; absent where it gave none. */
  readonly answeredBy?: string;
  /** Source address that the destination saw. */
  readonly sourceSeen?: string;
  /** How late the sending agent was against its plan. */
  readonly latenessMs: number;
  /** Error number or the program's own words, for people. */
  readonly detail?: string;
}

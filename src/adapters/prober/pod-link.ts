import type { Clock } from '../../ports/clock.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { Probe, ProbeEvent, ProbePod } from '../../ports/prober.ts';

/** Probing from one pod, over one stream after the other. */
export interface PodLink {
  /** Replaces the pod's probes; settles when they are in force, or the pod was lost. */
  schedule(probes: readonly Probe[]): Promise<void>;
  /** Tells what the pod dialled from its first instant on; absent where it cannot have. */
  recall?(probes: readonly Probe[]): Promise<void>;
  /** Asks for a heartbeat at once; absent where there are none. */
  askHeartbeat?(): void;
  /** Asks for SYNs that came and had no handshake; absent where nobody can tell. */
  askHalfOpen?(): void;
  /** Ends the probing and closes the stream. */
  close(): Promise<void>;
}

/** What opening a link takes. */
export interface LinkOptions {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly pod: ProbePod;
  readonly onEvent: (event: ProbeEvent) => void;
  readonly signal: AbortSignal;
}

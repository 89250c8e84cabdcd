import type { Probe } from '../../ports/prober.ts';

/** Probing from one pod, over one stream after the other. */
export interface PodLink {
  /** Replaces the pod's probes; settles when they are in force, or the pod was lost. */
  schedule(probes: readonly Probe[]): Promise<void>;
  /** Ends the probing and closes the stream. */
  close(): Promise<void>;
}

import { upCluster } from '../../../src/cli/up-cluster.ts';
import type { ReadyCluster } from '../../../src/ports/cluster-provider.ts';
import { progressFor } from '../../../src/reporters/progress.ts';
import { suiteSignal } from './suite-signal.ts';

/** How long a cluster may take to come up from nothing, builds included, in ms. */
export const CLUSTER_TIMEOUT_MS = 80 * 60_000;

let standing: Promise<ReadyCluster> | undefined;

/** The one cluster of the e2e suite, brought up by whoever asks first. Ctrl-C ends that. */
export function standingCluster(): Promise<ReadyCluster> {
  standing ??= bringUp();
  return standing;
}

async function bringUp(): Promise<ReadyCluster> {
  using progress = progressFor(process.stderr);
  return (await upCluster({}, { progress, signal: suiteSignal })).ready;
}

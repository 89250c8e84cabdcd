import type { Clock } from '../../ports/clock.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { Evidence } from '../../ports/evidence.ts';
import type { Workloads } from '../../ports/workloads.ts';
import type { FoundEngine } from '../container-engine/find-engine.ts';
import { folderEvidence } from './folder-evidence.ts';
import { nodeDumps } from './node-dumps.ts';
import { containerNodeShell } from './node-shell.ts';
import { pluginLogs } from './plugin-logs.ts';
import { reproFile } from './repro/repro-file.ts';
import { seriesFile } from './series-file.ts';
import { storedObjects } from './stored-objects.ts';

/** How a cluster is looked at, and where what was seen goes. */
export interface ClusterEvidenceOptions {
  readonly cluster: Cluster;
  readonly clock: Clock;
  readonly workloads: Workloads;
  /** Looks for the engine that may run the nodes. */
  readonly findEngine: () => Promise<FoundEngine>;
  /** The run's folder. */
  readonly root: string;
  /** The folders beside it are netproof's own: old ones are removed. */
  readonly keepsRuns: boolean;
}

/** Evidence of a real cluster: what the API server, the plugin's agents and the nodes' kernels say. Only looks. */
export function clusterEvidence(options: ClusterEvidenceOptions): Evidence {
  const { cluster, clock, workloads, findEngine, root, keepsRuns } = options;
  const parts = [
    reproFile(workloads),
    seriesFile,
    storedObjects(cluster),
    pluginLogs(cluster, () => clock.now()),
    nodeDumps(() => containerNodeShell(cluster, findEngine)),
  ];
  return folderEvidence({ root, keepsRuns, parts });
}

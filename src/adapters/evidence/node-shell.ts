import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { FoundEngine } from '../container-engine/find-engine.ts';
import { notContainers } from '../machinery/node-containers.ts';
import { runCommand } from '../process/run-command.ts';
import type { NodeShell } from './node-dumps.ts';

/** How long one command on a node may take, in ms. */
const LIMIT_MS = 10_000;

/** Looks on a node by the container engine that runs it. Rejects with `ClusterError` where the nodes are none of its containers. */
export async function containerNodeShell(cluster: Cluster, findEngine: () => Promise<FoundEngine>): Promise<NodeShell> {
  const found = await findEngine();
  if (!found.found) {
    throw new ClusterError({ code: 'engine-missing', message: `no container engine answers: ${found.reason ?? ''}` });
  }
  const { engine } = found;
  const strange = await notContainers(engine, await cluster.info({ timeoutMs: LIMIT_MS }), { timeoutMs: LIMIT_MS });
  if (strange !== undefined) throw new ClusterError({ code: 'nodes-not-containers', message: strange });
  return async (node, command, signal) => {
    const options = { env: engine.env, timeoutMs: LIMIT_MS, signal };
    return (await runCommand(engine.docker, ['exec', node, ...command], options)).stdout;
  };
}

import { clusterName } from '../../../src/adapters/cluster/kind/kind-request.ts';
import { nodeContainers } from '../../../src/adapters/cluster/kind/node-containers.ts';
import type { ContainerEngine } from '../../../src/adapters/container-engine/container-engine.ts';
import { findEngine } from '../../../src/adapters/container-engine/find-engine.ts';
import { runCommand } from '../../../src/adapters/process/run-command.ts';

/** The engine that runs the nodes of the standing cluster. */
export async function nodeEngine(): Promise<ContainerEngine> {
  const found = await findEngine();
  if (!found.found) throw new Error(`no container engine: ${found.reason}`);
  return found.engine;
}

/**
 * Freezes the processes of the cluster's nodes whose command line contains `pattern`, until it is disposed. Fails where
 * there is none.
 */
export async function freeze(pattern: string): Promise<AsyncDisposable> {
  const engine = await nodeEngine();
  const nodes = await nodeContainers(engine, clusterName());
  const signal = (name: string, node: string) =>
    runCommand(engine.docker, ['exec', node, 'pkill', `-${name}`, '-f', '--', pattern], { env: engine.env }).then(
      () => true,
      () => false,
    );
  const frozen = await Promise.all(nodes.map(({ name }) => signal('STOP', name)));
  if (!frozen.includes(true)) throw new Error(`no process ${pattern} on ${nodes.map(({ name }) => name).join(', ')}`);
  return {
    [Symbol.asyncDispose]: async () => {
      await Promise.all(nodes.map(({ name }) => signal('CONT', name)));
    },
  };
}

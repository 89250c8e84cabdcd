import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { runCommand } from '../../process/run-command.ts';
import type { NodeContainer } from './node-containers.ts';

/** When each node's container was last started, in milliseconds since 1970, by the node's name. */
export async function nodeStarts(
  engine: ContainerEngine,
  containers: readonly NodeContainer[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const ids = containers.map(({ id }) => id);
  const args = ['inspect', '--format', '{{.Name}} {{.State.StartedAt}}', ...ids];
  const { stdout } = await runCommand(engine.docker, args, {
    title: 'ask when the nodes were started',
    env: engine.env,
    timeoutMs: 60_000,
    signal,
  });
  return parseNodeStarts(stdout);
}

/** Reads lines of `/NAME TIME`. */
export function parseNodeStarts(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').map((line) => line.trim().split(' '));
  return new Map(
    lines.flatMap(([name, time]) => (name && time ? [[name.replace(/^\//, ''), Date.parse(time)] as const] : [])),
  );
}

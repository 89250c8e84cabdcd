import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { runCommand } from '../../process/run-command.ts';

/** The container of a node. */
export interface NodeContainer {
  readonly id: string;
  readonly name: string;
  readonly running: boolean;
}

/** The label by which kind marks the containers of a cluster. */
const clusterLabel = 'io.x-k8s.kind.cluster';

/** The containers of the cluster `name`, running or not, by name. */
export async function nodeContainers(
  engine: ContainerEngine,
  name: string,
  signal?: AbortSignal,
): Promise<readonly NodeContainer[]> {
  const format = '{{.ID}} {{.Names}} {{.State}}';
  const args = ['ps', '--all', '--no-trunc', '--filter', `label=${clusterLabel}=${name}`, '--format', format];
  const { stdout } = await runCommand(engine.docker, args, {
    title: 'look for the nodes of the cluster',
    env: engine.env,
    timeoutMs: 60_000,
    ...(signal !== undefined && { signal }),
  });
  return parseNodeContainers(stdout);
}

/** Reads lines of `ID NAME STATE`. */
export function parseNodeContainers(text: string): readonly NodeContainer[] {
  return text
    .split('\n')
    .map((line) => line.trim().split(' '))
    .flatMap(([id, name, state]) => (id && name ? [{ id, name, running: state === 'running' }] : []))
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

/** Removes the containers of the cluster `name` with their volumes, and nothing else; resolves with how many there were. */
export async function removeNodeContainers(
  engine: ContainerEngine,
  name: string,
  signal?: AbortSignal,
): Promise<number> {
  const containers = await nodeContainers(engine, name, signal);
  if (containers.length === 0) return 0;
  const ids = containers.map(({ id }) => id);
  await runCommand(engine.docker, ['rm', '--force', '--volumes', ...ids], {
    title: `remove the cluster ${name}`,
    env: engine.env,
    timeoutMs: 120_000,
    ...(signal !== undefined && { signal }),
  });
  return ids.length;
}

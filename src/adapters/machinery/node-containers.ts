import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { CallOptions, ClusterInfo } from '../../ports/cluster.ts';
import type { ContainerEngine } from '../container-engine/container-engine.ts';
import { runCommand } from '../process/run-command.ts';

/** Time limit of one command of the engine, in ms; a node may take long to stop. */
const ENGINE_LIMIT_MS = 120_000;

/** Ends the container's first process, and with it all of them. The node sees the processes of its containers. */
const KILL_SCRIPT = `
set -e
for id in $(crictl ps --quiet --name "^$2\\$" --label "io.kubernetes.pod.namespace=$1"); do
  kill -KILL "$(crictl inspect --output go-template --template '{{.info.pid}}' "$id")"
done
`;

/** Takes the sandbox away that the pod has now: the network plugin is told, and the kubelet makes another. */
const SANDBOX_SCRIPT = `
set -e
ids=$(crictl pods --quiet --state ready --label "io.kubernetes.pod.namespace=$1" --label "io.kubernetes.pod.name=$2")
test -n "$ids"
crictl --timeout 60s stopp $ids
`;

/** Runs the engine's client with these arguments. */
export function docker(engine: ContainerEngine, args: readonly string[], { signal }: CallOptions): Promise<string> {
  const options = { env: engine.env, timeoutMs: ENGINE_LIMIT_MS, ...(signal !== undefined && { signal }) };
  return runCommand(engine.docker, args, options).then(({ stdout }) => stdout);
}

/** Kills a container's first process on a node that is a container. */
export async function killOnNode(
  engine: ContainerEngine,
  node: string,
  { namespace, container }: { readonly namespace: string; readonly container: string },
  options: CallOptions,
): Promise<void> {
  await docker(engine, ['exec', node, 'sh', '-c', KILL_SCRIPT, 'sh', namespace, container], options);
}

/** Takes the sandbox of a pod away on a node that is a container. */
export async function stopSandbox(
  engine: ContainerEngine,
  node: string,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): Promise<void> {
  await docker(engine, ['exec', node, 'sh', '-c', SANDBOX_SCRIPT, 'sh', namespace, name], {});
}

/**
 * Why the nodes are not containers of this engine, as a clause; undefined where all are. A container of the same name
 * that has not the node's address belongs to another cluster.
 */
export async function notContainers(
  engine: ContainerEngine,
  { nodes }: ClusterInfo,
  options: CallOptions,
): Promise<string | undefined> {
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{.GlobalIPv6Address}} {{end}}';
  for (const { name, ips } of nodes) {
    const said = await docker(engine, ['inspect', '--type', 'container', '--format', format, name], options).catch(
      (error: unknown) => {
        if (error instanceof ClusterError) return '';
        throw error;
      },
    );
    const own = said.trim().split(/\s+/);
    if (!ips.some((ip) => own.includes(ip))) return `node ${name} is no container of the engine on this machine`;
  }
  return undefined;
}

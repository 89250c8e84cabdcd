import { ClusterError } from '../../core/diagnostics/errors.ts';
import { hostName, OUTSIDE } from '../../core/scenario/scenario.ts';
import type { CallOptions, Cluster } from '../../ports/cluster.ts';
import type { OutsideHosts } from '../../ports/outside.ts';
import type { ContainerEngine } from '../container-engine/container-engine.ts';
import type { FoundEngine } from '../container-engine/find-engine.ts';
import { workloadImages } from '../images/workload-images.ts';
import { notContainers } from '../machinery/node-containers.ts';
import { agentFolder, agentSourceFolder, serveCommand } from '../prober/agent/program.ts';
import { runCommand } from '../process/run-command.ts';
import { requireEngine } from './require-engine.ts';

/** Label of hosts; its value is the run's id. */
const RUN_LABEL = 'netproof.io/run';
/** Time limit of one command of the engine, in ms. */
const ENGINE_LIMIT_MS = 60_000;

/** Hosts outside as containers of the engine that runs the nodes, on the nodes' network. */
export function engineHosts(parts: {
  readonly cluster: Pick<Cluster, 'info'>;
  readonly findEngine: () => Promise<FoundEngine>;
}): OutsideHosts {
  const { cluster, findEngine } = parts;
  return {
    lacks: async () => {
      const found = await findEngine();
      if (!found.found) return 'no container engine answers on this machine';
      const { name: image } = workloadImages.node;
      const missing = await notContainers(found.engine, await cluster.info(), {});
      if (missing !== undefined) return missing;
      return docker(found.engine, ['image', 'inspect', image], {}).then(
        () => undefined,
        () => `the engine has no image ${image}`,
      );
    },
    start: async (host, { name, runId }, options) => {
      const engine = await requireEngine(findEngine);
      const [node] = (await cluster.info(options)).nodes;
      const network = await networkOf(engine, node?.name ?? '', options);
      const ports = host.ports.map(({ port, protocol }) => ({ port, protocol }));
      const serve = serveCommand({ identity: hostName(host), ports }, '127.0.0.1');
      const create = ['create', '--name', name, '--label', `${RUN_LABEL}=${runId}`, '--network', network];
      await docker(engine, [...create, '--cap-add', 'NET_ADMIN', workloadImages.node.name, ...serve], options);
      await docker(engine, ['cp', agentSourceFolder(), `${name}:${agentFolder}`], options);
      await docker(engine, ['start', name], options);
      return { ref: { namespace: OUTSIDE, name }, ips: await addressesOf(engine, name, options) };
    },
    route: async ({ name }, routes, options) => {
      const engine = await requireEngine(findEngine);
      const lines = routes.map(({ to, via }) => `ip ${via.includes(':') ? '-6 ' : ''}route replace ${to} via ${via}`);
      await docker(engine, ['exec', name, 'sh', '-c', ['set -e', ...lines].join('\n')], options);
    },
    remove: async ({ runId, except = [] }) => {
      const found = await findEngine();
      if (!found.found) return [];
      const filter = `label=${runId === undefined ? RUN_LABEL : `${RUN_LABEL}=${runId}`}`;
      const format = `{{.Names}} {{.Label "${RUN_LABEL}"}}`;
      const said = await docker(found.engine, ['ps', '--all', '--filter', filter, '--format', format], {});
      const hosts = said.split('\n').map((line) => line.trim().split(' '));
      const names = hosts.flatMap(([name = '', run = '']) => (name === '' || except.includes(run) ? [] : [name]));
      if (names.length > 0) await docker(found.engine, ['rm', '--force', '--volumes', ...names], {});
      return names;
    },
  };
}

async function networkOf(engine: ContainerEngine, node: string, options: CallOptions): Promise<string> {
  const format = '{{range $name, $_ := .NetworkSettings.Networks}}{{$name}} {{end}}';
  const said = await docker(engine, ['inspect', '--type', 'container', '--format', format, node], options);
  const [network = ''] = said.trim().split(' ');
  if (network !== '') return network;
  throw new ClusterError({ code: 'node-network-missing', message: `node ${node} is on no network of the engine` });
}

async function addressesOf(engine: ContainerEngine, name: string, options: CallOptions): Promise<readonly string[]> {
  const format = '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{.GlobalIPv6Address}} {{end}}';
  const said = await docker(engine, ['inspect', '--type', 'container', '--format', format, name], options);
  return said.split(/\s+/).filter((ip) => ip !== '');
}

async function docker(engine: ContainerEngine, args: readonly string[], { signal }: CallOptions): Promise<string> {
  const options = { env: engine.env, timeoutMs: ENGINE_LIMIT_MS, ...(signal !== undefined && { signal }) };
  return (await runCommand(engine.docker, args, options)).stdout;
}

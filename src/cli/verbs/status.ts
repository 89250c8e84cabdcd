import { Command } from 'commander';
import { clusterProvider } from '../../adapters/cluster/provider.ts';
import { type FoundEngine, findEngine } from '../../adapters/container-engine/find-engine.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import type { ClusterStatus } from '../../ports/cluster-provider.ts';
import { progressFor } from '../../reporters/progress.ts';
import { interruptSignal } from '../interrupt.ts';
import { addClusterOptions, clusterRequest, type UpOptions } from '../up-cluster.ts';

interface StatusOptions extends Pick<UpOptions, 'provider' | 'kubeconfig' | 'context'> {
  readonly json?: boolean;
}

/** `netproof status`: what stands, without changing it. Exit code 0 when a cluster is up, 3 otherwise. */
export function statusCommand(): Command {
  return addClusterOptions(new Command('status').description('show what stands; exit code 0 when a cluster is up'))
    .option('--json', 'print JSON')
    .action(async (options: StatusOptions) => {
      using interrupt = interruptSignal((line) => process.stderr.write(`${line}\n`));
      using progress = progressFor(process.stderr);
      const provider = clusterProvider(clusterRequest(options), { clock: systemClock });
      const [engine, status] = await Promise.all([
        findEngine(),
        provider.status({ progress, signal: interrupt.signal }),
      ]);
      const text =
        options.json === true ? JSON.stringify(statusData(engine, status), null, 2) : statusText(engine, status);
      process.stdout.write(`${text}\n`);
      process.exitCode = status.state === 'up' ? 0 : 3;
    });
}

/** What `status --json` prints. */
function statusData(engine: FoundEngine, status: ClusterStatus): unknown {
  return {
    engine: engine.found ? { kind: engine.engine.kind, version: engine.engine.version, env: engine.engine.env } : null,
    ...status,
  };
}

/** What `status` prints. */
export function statusText(engine: FoundEngine, status: ClusterStatus): string {
  const docker = Object.entries(engine.found ? engine.engine.env : {})
    .filter(([, value]) => value !== '')
    .map(([name, value]) => ` ${name}=${value}`)
    .join('');
  const first = engine.found
    ? `engine      ${engine.engine.kind === 'private' ? "netproof's own" : 'docker'} ${engine.engine.version}${docker}`
    : `engine      none answers${engine.reason === undefined ? '' : ` (${engine.reason})`}`;
  return [first, ...clusterLines(status)].join('\n');
}

function clusterLines(status: ClusterStatus): readonly string[] {
  if (status.state !== 'up') return [`cluster     ${status.state}: ${status.reason}`];
  const { cluster, info } = status;
  const { cni } = cluster;
  return [
    `cluster     up (${cluster.provider}, Kubernetes ${info.kubernetes}, ${info.ipFamilies.join(' and ')})`,
    ...info.nodes.map(
      ({ name, ips, ready }) => `node        ${name} ${ips.join(' ')} ${ready ? 'Ready' : 'not Ready'}`,
    ),
    `plugin      ${`${cni.name} ${cni.version}`.trim()}`,
    ...(cluster.kubeconfig === undefined ? [] : [`kubeconfig  ${cluster.kubeconfig}`]),
    ...(cluster.context === undefined ? [] : [`context     ${cluster.context}`]),
    ...cluster.images.map(({ name, provenance }) => `image       ${name}: ${provenance}`),
  ];
}

import { mkdir, rm } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import type { ProviderCall } from '../../../ports/cluster-provider.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { runCommand } from '../../process/run-command.ts';
import { kindFailure } from './kind-failure.ts';
import type { KindPaths } from './kind-paths.ts';
import { removeNodeContainers } from './node-containers.ts';

/** What `kind create cluster` is told. */
export interface KindCreation {
  readonly kind: string;
  readonly engine: ContainerEngine;
  readonly name: string;
  readonly image: string;
  /** Path of kind's configuration. */
  readonly config: string;
  readonly paths: KindPaths;
}

const logsLimitMs = 60_000;
const removalLimitMs = 20_000;

/** Environment in which kind uses this engine and no other. */
function kindEnv({ docker, env }: ContainerEngine): Readonly<Record<string, string>> {
  return {
    ...env,
    PATH: `${dirname(docker)}${delimiter}${process.env.PATH ?? ''}`,
    KIND_EXPERIMENTAL_PROVIDER: 'docker',
  };
}

/**
 * Creates the nodes of a kind cluster; they are not Ready, having no network plugin. When that fails or is cancelled,
 * the half-made nodes are removed again; of a failure, their logs are kept first. Rejects with `ClusterError` that names
 * the real cause, or with the signal's reason.
 */
export async function createKindCluster(creation: KindCreation, { progress, signal }: ProviderCall): Promise<void> {
  const { kind, engine, name, image, config, paths } = creation;
  await mkdir(paths.folder, { recursive: true });
  // A kind that was killed leaves its lock on the kubeconfig.
  await Promise.all([paths.kubeconfig, `${paths.kubeconfig}.lock`].map((file) => rm(file, { force: true })));
  const args = ['create', 'cluster', '--name', name, '--image', image, '--config', config];
  try {
    await runCommand(kind, [...args, '--kubeconfig', paths.kubeconfig, '--retain'], {
      title: `create the cluster ${name}`,
      env: kindEnv(engine),
      logFile: paths.log,
      onLine: (line) => progress.detail(line.replace(/^\s*[•✓✗]\s*/u, '').trim()),
      signal,
    });
  } catch (error) {
    const logs = signal.aborted ? undefined : await exportNodeLogs(creation);
    await removeNodeContainers(engine, name, AbortSignal.timeout(removalLimitMs)).catch((trouble: unknown) => {
      progress.note(`the half-made cluster could not be removed now; the next "netproof up" will (${String(trouble)})`);
    });
    signal.throwIfAborted();
    throw kindFailure(error, logs);
  }
}

/** Folder with the logs of the nodes; `undefined` when there are none to be had. */
async function exportNodeLogs({ kind, engine, name, paths }: KindCreation): Promise<string | undefined> {
  await rm(paths.nodeLogs, { recursive: true, force: true });
  return runCommand(kind, ['export', 'logs', paths.nodeLogs, '--name', name], {
    env: kindEnv(engine),
    timeoutMs: logsLimitMs,
  }).then(
    () => paths.nodeLogs,
    () => undefined,
  );
}

import { join } from 'node:path';
import { ClusterError } from '../../../core/diagnostics/errors.ts';
import type { ProviderCall } from '../../../ports/cluster-provider.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { runCommand } from '../../process/run-command.ts';
import type { StateFolder } from '../../state-folder.ts';

/** Surroundings of pulling. */
export interface PullContext extends ProviderCall {
  readonly engine: ContainerEngine;
  readonly state: StateFolder;
}

/**
 * Pulls an image into the engine and resolves with its name by digest, `docker.io/library/alpine@sha256:…`. Rejects with
 * `ClusterError`: `image-missing`, `disk-full`, `registry-unreachable`.
 */
export async function pullImage(image: string, context: PullContext): Promise<string> {
  const { engine, state, progress, signal } = context;
  await runCommand(engine.docker, ['pull', image], {
    title: `pull ${image}`,
    env: engine.env,
    logFile: join(state.logs, 'pull.log'),
    onLine: (line) => progress.detail(`${image}: ${line}`),
    signal,
  }).catch((error: unknown) => {
    throw pullFailure(image, error);
  });
  return (await imageDigest(image, context)) ?? image;
}

/** Name by digest of an image that the engine has from a registry; `undefined` where it has not. */
export async function imageDigest(
  image: string,
  { engine, signal }: Pick<PullContext, 'engine' | 'signal'>,
): Promise<string | undefined> {
  const args = ['image', 'inspect', '--format', '{{join .RepoDigests "\\n"}}', image];
  const stdout = await runCommand(engine.docker, args, { env: engine.env, signal, timeoutMs: 30_000 }).then(
    (result) => result.stdout,
    () => '',
  );
  signal.throwIfAborted();
  return stdout.split('\n').find((line) => line.includes('@sha256:'));
}

/** What a failed pull means. */
function pullFailure(image: string, error: unknown): unknown {
  if (!(error instanceof ClusterError)) return error;
  const said = `${error.message}\n${error.outputTail ?? ''}`;
  const facts = {
    message: error.message,
    ...(error.command !== undefined && { command: error.command }),
    ...(error.outputTail !== undefined && { outputTail: error.outputTail }),
    ...(error.logFile !== undefined && { logFile: error.logFile }),
    cause: error.cause,
  };
  if (/manifest .*(unknown|not found)|not found|access denied|repository does not exist/i.test(said)) {
    return new ClusterError({ ...facts, code: 'image-missing', hint: `Does ${image} exist in its registry?` });
  }
  if (/no space left on device/i.test(said)) {
    return new ClusterError({ ...facts, code: 'disk-full', hint: 'Run: docker system prune' });
  }
  return new ClusterError({
    ...facts,
    code: 'registry-unreachable',
    hint: 'Check the network and the proxy of the container engine, or build the images here: --images source.',
  });
}

import { runCommand } from '../process/run-command.ts';
import type { ContainerEngine } from './container-engine.ts';

/** Either the engine, or what the client said instead. */
export type EngineAnswer =
  | { readonly answers: true; readonly engine: ContainerEngine }
  | { readonly answers: false; readonly reason: string };

const attempt = async (docker: string, args: readonly string[], env: Readonly<Record<string, string>>) =>
  runCommand(docker, args, { env, timeoutMs: 10_000 }).then(
    ({ stdout }) => ({ ok: true as const, text: stdout.trim() }),
    (error: unknown) => ({ ok: false as const, text: error instanceof Error ? error.message : String(error) }),
  );

/** Asks a client binary whether an engine answers in the given environment. Starts nothing, never rejects. */
export const probeEngine = async (
  docker: string,
  env: Readonly<Record<string, string>>,
  kind: ContainerEngine['kind'],
): Promise<EngineAnswer> => {
  const version = await attempt(docker, ['version', '--format', '{{.Server.Version}}'], env);
  if (!version.ok) return { answers: false, reason: version.text };
  const buildx = await attempt(docker, ['buildx', 'version'], env);
  return { answers: true, engine: { docker, env, kind, version: version.text, hasBuildx: buildx.ok } };
};

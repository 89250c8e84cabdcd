import { ClusterError } from '../../../core/diagnostics/errors.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { runCommand } from '../../process/run-command.ts';

/** Whether images can be pulled, or why not. */
export type RegistryAnswer = { readonly answers: true } | { readonly answers: false; readonly reason: string };

/** The engine says this when it has an image's manifest: the registry is there, however slow the rest may be. */
const hasManifest = /: Pulling from |: Already exists|^Status: |^Digest: /;

/**
 * Tries a registry by beginning to pull a small image, with the engine's own mirrors, proxies and credentials. Resolves
 * as soon as the registry has answered, or when the time limit is over; never rejects except with the signal's reason.
 */
export async function registryAnswers(
  engine: ContainerEngine,
  image: string,
  { signal, limitMs }: { readonly signal: AbortSignal; readonly limitMs: number },
): Promise<RegistryAnswer> {
  const enough = new AbortController();
  let answered = false;
  try {
    await runCommand(engine.docker, ['pull', image], {
      env: engine.env,
      signal: AbortSignal.any([signal, enough.signal]),
      timeoutMs: limitMs,
      onLine: (line) => {
        if (!hasManifest.test(line)) return;
        answered = true;
        enough.abort();
      },
    });
    return { answers: true };
  } catch (error) {
    signal.throwIfAborted();
    if (answered) return { answers: true };
    return { answers: false, reason: shortReason(error) };
  }
}

/** The engine's own last words where it said any. */
function shortReason(error: unknown): string {
  const lastLine = error instanceof ClusterError ? error.outputTail?.split('\n').at(-1) : undefined;
  const text = lastLine ?? (error instanceof Error ? error.message : String(error));
  return text.replace(/^Error response from daemon: /, '');
}

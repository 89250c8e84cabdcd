import { freemem } from 'node:os';
import { ClusterError } from '../../../core/diagnostics/errors.ts';
import type { ContainerEngine } from '../../container-engine/container-engine.ts';
import { runCommand } from '../../process/run-command.ts';

/** A cluster of two nodes with a plugin takes about 1.6 GiB; below this it does not come up. In bytes. */
export const leastMemory = 2 * 1024 ** 3;
/** With this much, scenarios run undisturbed too. In bytes. */
export const goodMemory = 4 * 1024 ** 3;

/** Bytes for people: `3.4 GiB`. */
export const gibibytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

/** Bytes that a cluster can have: all of the engine's where that is a virtual machine, else what this machine has free. */
export async function availableMemory(engine: ContainerEngine, signal: AbortSignal): Promise<number> {
  const args = ['info', '--format', '{{.MemTotal}}'];
  const { stdout } = await runCommand(engine.docker, args, { env: engine.env, signal, timeoutMs: 30_000 });
  const total = Number(stdout.trim()) || Number.POSITIVE_INFINITY;
  // On Linux this is MemAvailable, which counts caches as free; elsewhere the engine is a virtual machine.
  return process.platform === 'linux' ? Math.min(total, freemem()) : total;
}

/** Rejects with `ClusterError` `not-enough-memory` rather than let a cluster half come up. */
export async function requireMemory(engine: ContainerEngine, signal: AbortSignal): Promise<void> {
  const available = await availableMemory(engine, signal);
  if (available >= leastMemory) return;
  throw new ClusterError({
    code: 'not-enough-memory',
    message: `a cluster needs ${gibibytes(leastMemory)} of memory, and ${gibibytes(available)} are available`,
    hint:
      process.platform === 'linux'
        ? 'End other programs, or use a larger machine.'
        : 'Give the container engine more memory (Docker Desktop: Settings, Resources).',
  });
}

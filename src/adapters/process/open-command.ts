import type { Readable, Writable } from 'node:stream';
import { execa } from 'execa';
import { stopGroupWhen } from './stop-group.ts';

/** A command that runs, with its streams open. */
export interface OpenCommand {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Its exit code, or why there is none; settles once, never rejects. */
  readonly ended: Promise<number | string>;
  /** Ends it and what it has started. */
  stop(): void;
}

/** Starts a command without a shell, in a process group of its own: a terminal's Ctrl-C reaches it through the signal only. */
export function openCommand(
  command: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly signal?: AbortSignal } = {},
): OpenCommand {
  const stopping = new AbortController();
  const signal = AbortSignal.any([stopping.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const child = execa(command, args, {
    buffer: false,
    reject: false,
    detached: true,
    cleanup: false,
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    ...(options.env !== undefined && { env: options.env }),
  });
  const group = child.pid === undefined ? undefined : stopGroupWhen(child.pid, { signal });
  child.nodeChildProcess.once('exit', () => group?.release());
  const ended = child.then((result) => result.exitCode ?? result.shortMessage ?? 'it was not started');
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended, stop: () => stopping.abort() };
}

// Node's own spawn: execa keeps a process's output in pipes of ours, which break when we end.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';

/** A process that outlives this one. */
export interface DetachedProcess {
  /** Resolves when it ends while this process still watches, with how; never rejects. */
  readonly ended: Promise<string>;
}

/** Starts a program in a session of its own, with its output appended to a log file, and does not wait for it. */
export const startDetached = (
  command: string,
  args: readonly string[],
  options: { readonly logFile: string; readonly env?: Readonly<Record<string, string>> },
): DetachedProcess => {
  mkdirSync(dirname(options.logFile), { recursive: true });
  const log = openSync(options.logFile, 'a');
  const child = spawn(command, args, {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...options.env },
  });
  closeSync(log);
  child.unref();
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(`it ended with ${signal ?? `exit code ${code}`}`));
  });
  return { ended };
};

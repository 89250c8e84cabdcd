import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

/** What a command line came to. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** netproof's command line as a process of its own. */
interface NetproofProcess {
  kill(signal: 'SIGINT' | 'SIGKILL'): void;
  readonly ended: Promise<Ended>;
}

/** Starts `netproof ARGS` from the sources. */
export function startNetproof(args: readonly string[]): NetproofProcess {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const code = new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(([code, stdout, stderr]) => ({
    code,
    stdout,
    stderr,
  }));
  return { kill: (signal) => void child.kill(signal), ended };
}

/** Runs `netproof ARGS` to its end. */
export function netproof(...args: readonly string[]): Promise<Ended> {
  return startNetproof(args).ended;
}

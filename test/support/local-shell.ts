import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Cluster } from '../../src/ports/cluster.ts';
import type { ExecEnd } from '../../src/ports/exec.ts';

/** An exec that runs its command on this machine, with programs of the test's own first in the path. */
export class LocalShell implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'netproof-shell-'));
  readonly #running = new Set<ChildProcess>();
  /** The next execs fail with this, while it is set. */
  refusal: Error | undefined;

  /** The part of a cluster that a prober needs. */
  readonly cluster: Cluster = {
    exec: async (_pod: unknown, [program = '', ...args]: readonly string[]) => {
      if (this.refusal !== undefined) throw this.refusal;
      const child = spawn(program, args, { env: { PATH: `${this.#folder}${delimiter}${process.env.PATH}` } });
      this.#running.add(child);
      const ended = once(child, 'exit').then(([code]): ExecEnd => {
        this.#running.delete(child);
        return code === null ? { kind: 'lost', cause: 'killed' } : { kind: 'exited', code };
      });
      return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended, close: () => child.kill() };
    },
  } as unknown as Cluster;

  /** Puts a shell script into the path under a name. */
  program(name: string, script: string): void {
    const path = join(this.#folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }

  /** Breaks all streams that are open. */
  cutStreams(): void {
    for (const child of this.#running) child.kill('SIGKILL');
  }

  [Symbol.dispose](): void {
    this.cutStreams();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

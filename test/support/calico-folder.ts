import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runCommand } from '../../src/adapters/process/run-command.ts';
import { stateFolder } from '../../src/adapters/state-folder.ts';
import { type RecordedProgress, recordedProgress } from './recorded-progress.ts';

/** A folder that looks like Calico's sources to the ones who read its go.mod, with room beside it. */
export class CalicoFolder implements AsyncDisposable {
  readonly #home: string;
  readonly progress: RecordedProgress = recordedProgress();

  private constructor(home: string) {
    this.#home = home;
  }

  static async make(): Promise<CalicoFolder> {
    const made = new CalicoFolder(await realpath(await mkdtemp(join(tmpdir(), 'netproof-calico-'))));
    await made.write('go.mod', 'module github.com/projectcalico/calico\n\ngo 1.23.8\n');
    await made.write('felix/felix.go', 'package felix\n');
    return made;
  }

  get path(): string {
    return join(this.#home, 'calico');
  }

  /** A path relative to the folder; `../x` is beside it. */
  at(name: string): string {
    return join(this.path, name);
  }

  async write(name: string, text: string): Promise<void> {
    await mkdir(dirname(this.at(name)), { recursive: true });
    await writeFile(this.at(name), text);
  }

  /** git in the folder, or in another by a path relative to it. */
  async git(args: readonly string[], folder = '.'): Promise<void> {
    const user = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'protocol.file.allow=always'];
    await runCommand('git', ['-C', this.at(folder), ...user, ...args]);
  }

  /** Makes a repository of a folder and commits what is there. */
  async commitAll(folder = '.'): Promise<void> {
    await this.git(['init', '--quiet'], folder);
    await this.git(['add', '--all'], folder);
    await this.git(['commit', '--quiet', '--allow-empty', '--message', 'snapshot'], folder);
  }

  /** Surroundings of a build whose results are beside the folder. */
  context() {
    return {
      state: stateFolder({ NETPROOF_HOME: this.at('../state') }),
      progress: this.progress,
      sideProgress: recordedProgress(),
      goVersion: 'go1.26.0',
      signal: new AbortController().signal,
      engine: { docker: 'docker', env: {}, kind: 'private', version: '20.10', hasBuildx: false } as const,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#home, { recursive: true });
  }
}

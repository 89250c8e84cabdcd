import { join } from 'node:path';
import type { ProviderCall } from '../../ports/cluster-provider.ts';
import { findExecutable } from './find-executable.ts';
import { runCommand } from './run-command.ts';

/** A program that is published as a Go package. */
export interface GoProgram {
  readonly name: string;
  /** With its version: `sigs.k8s.io/kind@v0.33.0`. */
  readonly package: string;
}

/** Where programs are put, and their logs. */
export interface GoProgramFolders {
  readonly bin: string;
  readonly logs: string;
}

/** Path of the program, compiled into `bin`; `undefined` where there is no Go. Rejects with `ClusterError`. */
export async function installGoProgram(
  program: GoProgram,
  folders: GoProgramFolders,
  { progress, signal }: ProviderCall,
): Promise<string | undefined> {
  const go = await findExecutable('go');
  if (go === undefined) return undefined;
  progress.detail(`go install ${program.package}`);
  await runCommand(go, ['install', program.package], {
    title: `install ${program.package}`,
    // GOFLAGS may hold -mod=vendor and the like, which go install PACKAGE@VERSION refuses.
    env: { GOBIN: folders.bin, CGO_ENABLED: '0', GOFLAGS: undefined, GOOS: undefined, GOARCH: undefined },
    logFile: join(folders.logs, `install-${program.name}.log`),
    onLine: (line) => progress.detail(line),
    hint: 'Check that the Go module proxy is reachable ("go env GOPROXY").',
    signal,
  });
  return join(folders.bin, program.name);
}

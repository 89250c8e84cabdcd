import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContainerEngine } from '../../src/adapters/container-engine/container-engine.ts';

/** A container engine whose client is the given shell script; `$LOG` names a file beside it. Disposing removes both. */
export async function fakeEngine(script: string): Promise<AsyncDisposable & { engine: ContainerEngine; log: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'netproof-docker-'));
  const docker = join(folder, 'docker');
  const log = join(folder, 'log');
  await writeFile(docker, `#!/bin/sh\n${script}\n`);
  await chmod(docker, 0o755);
  return {
    engine: { docker, env: { LOG: log }, kind: 'found', version: '1', hasBuildx: false },
    log,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

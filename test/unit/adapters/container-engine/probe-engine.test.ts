import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { probeEngine } from '../../../../src/adapters/container-engine/probe-engine.ts';

describe('probeEngine', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netproof-client-'));
  });
  after(() => rm(folder, { recursive: true }));

  const client = async (script: string): Promise<string> => {
    const file = join(folder, `docker-${Math.abs(script.length)}`);
    await writeFile(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  };

  it("takes the server's version and whether there is buildx", async () => {
    const docker = await client('case "$1" in version) echo "27.1 for $DOCKER_HOST";; *) exit 1;; esac');
    const answer = await probeEngine(docker, { DOCKER_HOST: 'unix:///x' }, 'private');
    expect(answer).to.deep.equal({
      answers: true,
      engine: {
        docker,
        env: { DOCKER_HOST: 'unix:///x' },
        kind: 'private',
        version: '27.1 for unix:///x',
        hasBuildx: false,
      },
    });
    const withBuildx = await client('echo 27.1');
    expect(await probeEngine(withBuildx, {}, 'found')).to.have.nested.property('engine.hasBuildx', true);
  });

  it("hands on the client's words when no engine answers", async () => {
    const docker = await client('echo "Cannot connect to the Docker daemon" >&2; exit 1');
    const answer = await probeEngine(docker, {}, 'found');
    expect(answer).to.have.property('answers', false);
    expect(answer).to.have.property('reason').that.contains('Cannot connect to the Docker daemon');
  });
});

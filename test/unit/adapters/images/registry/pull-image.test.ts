import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pullImage } from '../../../../../src/adapters/images/registry/pull-image.ts';
import { stateFolder } from '../../../../../src/adapters/state-folder.ts';
import type { ClusterError } from '../../../../../src/core/diagnostics/errors.ts';
import { fakeEngine } from '../../../../support/fake-engine.ts';
import { quietProgress } from '../../../../support/quiet-progress.ts';

describe('pullImage', () => {
  let home = '';
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'pull-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  const pull = async (script: string) => {
    await using fake = await fakeEngine(script);
    const state = stateFolder({ NETPROOF_HOME: home });
    const signal = new AbortController().signal;
    return await pullImage('x/y:v1', { engine: fake.engine, state, progress: quietProgress(), signal });
  };

  it('resolves with the name by digest', async () => {
    const script = `case "$1" in image) printf 'x/y@sha256:abc\\n' ;; esac`;
    expect(await pull(script)).to.equal('x/y@sha256:abc');
  });

  const failures: readonly (readonly [string, string])[] = [
    ['manifest for x/y:v1 not found: manifest unknown', 'image-missing'],
    ['pull access denied for x/y, repository does not exist', 'image-missing'],
    ['write /var/lib/docker/tmp/x: no space left on device', 'disk-full'],
    ['dial tcp: lookup registry.test: no such host', 'registry-unreachable'],
    ['net/http: request canceled (Client.Timeout exceeded)', 'registry-unreachable'],
  ];
  for (const [said, code] of failures) {
    it(`says ${code} when the engine says: ${said}`, async () => {
      const error = await pull(`echo '${said}' >&2; exit 1`).then(
        () => undefined,
        (thrown: ClusterError) => thrown,
      );
      expect(error).to.include({ code, outputTail: said });
      expect(error?.command).to.match(/docker pull x\/y:v1$/);
      expect(error?.hint).to.be.a('string');
    });
  }
});

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect } from 'chai';
import { goBinariesStep } from '../../../../../../src/adapters/images/source/go/go-binaries.ts';
import { stateFolder } from '../../../../../../src/adapters/state-folder.ts';
import { ClusterError } from '../../../../../../src/core/diagnostics/errors.ts';
import { recordedProgress } from '../../../../../support/recorded-progress.ts';

describe('programs compiled by Go', () => {
  const keyOf = (goVersion: string): string =>
    goBinariesStep(
      { state: stateFolder({}), progress: recordedProgress(), signal: new AbortController().signal, goVersion },
      { needs: [], cwd: '/', key: 'source', modMode: 'mod', verify: async () => undefined },
      { name: 'pause', title: 'build pause', programs: { pause: './pause' } },
    ).key;

  it('are compiled again by another Go: its standard library is in them', () => {
    expect(keyOf('go1.26.1')).not.to.equal(keyOf('go1.26.0'));
    expect(keyOf('go1.26.0')).to.equal(keyOf('go1.26.0'));
  });
});

describe('programs that do not compile', () => {
  let folder: string;
  const path = process.env.PATH;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netproof-go-'));
    process.env.PATH = `${folder}${delimiter}${path}`;
  });
  afterEach(async () => {
    process.env.PATH = path;
    await rm(folder, { recursive: true });
  });

  const failure = async (output: string): Promise<ClusterError> => {
    await writeFile(join(folder, 'go'), `#!/bin/sh\ncat >&2 <<'END'\n${output}\nEND\nexit 1\n`);
    await chmod(join(folder, 'go'), 0o755);
    const step = goBinariesStep(
      {
        state: stateFolder({ NETPROOF_HOME: join(folder, 'home') }),
        progress: recordedProgress(),
        signal: new AbortController().signal,
        goVersion: 'go1.26.0',
      },
      { needs: [], cwd: folder, key: 'source', modMode: 'readonly', verify: async () => undefined },
      { name: 'node', title: 'build node v1', programs: { node: './node' } },
    );
    const error = await step.make().catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(ClusterError);
    return error as ClusterError;
  };
  const errors = (count: number) =>
    Array.from({ length: count }, (_, line) => `felix/felix.go:${line + 1}:2: undefined: f${line}`);

  it("fail with the compiler's first errors, by file and line, and where the whole log is", async () => {
    const lines = ['go: downloading example.com/a v1.0.0', '# example.com/calico/felix', ...errors(30)];
    const { code, message, outputTail, logFile, hint, exitCode } = await failure(lines.join('\n'));
    expect({ code, exitCode }).to.deep.equal({ code: 'compile-failed', exitCode: 3 });
    expect(message).to.equal('build node v1: felix/felix.go:1:2: undefined: f0 (and 29 more)');
    expect(outputTail?.split('\n')).to.deep.equal(['# example.com/calico/felix', ...errors(19)]);
    expect(logFile).to.equal(join(folder, 'home/logs/node.log'));
    expect(hint).to.include(folder).and.to.include('run the command again');
  });

  it('fail with what Go says where it does not get to compile', async () => {
    const { code, message, hint } = await failure('go: updates to go.mod needed');
    expect(code).to.equal('command-failed');
    expect(message).to.include('go: updates to go.mod needed');
    expect(hint).to.include('GOPROXY');
  });

  it('fail with what cannot be downloaded as that, though Go says where it is imported', async () => {
    const { code } = await failure('felix/felix.go:3:2: example.com/a@v1.0.0: Get "https://proxy": dial tcp: refused');
    expect(code).to.equal('command-failed');
  });
});

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runtimeWrapper } from '../../../../src/adapters/container-engine/runtime-wrapper.ts';
import { findExecutable } from '../../../../src/adapters/process/find-executable.ts';
import { runCommand } from '../../../../src/adapters/process/run-command.ts';

describe('runtimeWrapper', () => {
  let folder: string;
  let wrapper: string;

  before(async function () {
    if ((await findExecutable('perl')) === undefined) this.skip();
    folder = await mkdtemp(join(tmpdir(), 'netproof-runtime-'));
    wrapper = join(folder, 'wrapper');
    const runc = join(folder, 'runc');
    await writeFile(runc, '#!/bin/sh\nprintf "%s|" runc "$@"\n', { mode: 0o755 });
    await writeFile(wrapper, runtimeWrapper(['CAP_SYS_RESOURCE', 'CAP_BPF'], runc), { mode: 0o755 });
  });
  after(() => folder && rm(folder, { recursive: true }));

  const spec = (capabilities: object) => ({
    process: {
      args: ['setpriv', '--cap', 'CAP_SYS_RESOURCE', '{"capabilities":{"bounding":["CAP_BPF"]}}', 'a/b'],
      capabilities,
    },
    linux: { seccomp: { syscalls: [{ names: ['bpf'], includes: { caps: ['CAP_BPF'] } }] } },
  });
  const full = {
    bounding: ['CAP_CHOWN', 'CAP_SYS_RESOURCE', 'CAP_SYS_RESOURCE_X'],
    effective: ['CAP_SYS_RESOURCE', 'CAP_BPF'],
    permitted: ['CAP_BPF', 'CAP_CHOWN'],
    inheritable: [],
  };
  const bounded = {
    bounding: ['CAP_CHOWN', 'CAP_SYS_RESOURCE_X'],
    effective: [],
    permitted: ['CAP_CHOWN'],
    inheritable: [],
  };

  const rewritten = async (args: readonly string[], file: string, indent?: number): Promise<unknown> => {
    await writeFile(file, JSON.stringify(spec(full), null, indent));
    const { stdout } = await runCommand(wrapper, args);
    expect(stdout).to.equal(['runc', ...args, ''].join('|'));
    return JSON.parse(await readFile(file, 'utf8'));
  };

  for (const option of ['--bundle', '-b']) {
    it(`takes missing capabilities, and nothing else, out of a bundle's config (${option})`, async () => {
      const bundle = join(folder, 'bundle');
      await mkdir(bundle, { recursive: true });
      const args = ['--root', '/r', '--log', '/l', 'create', option, bundle, '--pid-file', '/p', 'some-id'];
      expect(await rewritten(args, join(bundle, 'config.json'))).to.deep.equal(spec(bounded));
      expect(await rewritten(args, join(bundle, 'config.json'), 2)).to.deep.equal(spec(bounded));
    });
  }

  it("takes them out of an exec's process file", async () => {
    const file = join(folder, 'process.json');
    expect(await rewritten(['exec', `--process=${file}`, 'id'], file)).to.deep.equal(spec(bounded));
    expect(await rewritten(['exec', '--process', file, '--detach', 'id'], file)).to.deep.equal(spec(bounded));
  });

  it('becomes runc for every other verb', async () => {
    const { stdout } = await runCommand(wrapper, ['--root', '/r', 'delete', '--force', 'id']);
    expect(stdout).to.equal('runc|--root|/r|delete|--force|id|');
  });
});

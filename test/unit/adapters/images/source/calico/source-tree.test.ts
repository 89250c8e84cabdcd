import { chmod, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { expect } from 'chai';
import { checkoutFingerprint } from '../../../../../../src/adapters/images/source/calico/calico-checkout.ts';
import { CalicoFolder } from '../../../../../support/calico-folder.ts';

type Change = (calico: CalicoFolder) => Promise<unknown>;

const fingerprint = (calico: CalicoFolder): Promise<string> => checkoutFingerprint(calico.path);

const kinds: Readonly<Record<string, Change>> = {
  'without git': async () => undefined,
  'of a git checkout': (calico) => calico.commitAll(),
  'of a git repository without a commit': (calico) => calico.git(['init', '--quiet']),
  'untracked in another repository': async (calico) => {
    await calico.write('../README', 'other\n');
    await calico.git(['init', '--quiet'], '..');
    await calico.git(['add', 'README'], '..');
    await calico.git(['commit', '--quiet', '--message', 'other'], '..');
  },
  'ignored in another repository': async (calico) => {
    await calico.write('../.gitignore', 'calico\n');
    await calico.commitAll('..');
  },
  'tracked in another repository': (calico) => calico.commitAll('..'),
};

const changes: Readonly<Record<string, Change>> = {
  'a changed file': (calico) => calico.write('felix/felix.go', 'package other\n'),
  'a new file': (calico) => calico.write('felix/new.go', 'package felix\n'),
  'a file that is gone': (calico) => rm(calico.at('felix/felix.go')),
  'a file that has moved': (calico) => rename(calico.at('felix/felix.go'), calico.at('felix/moved.go')),
  'a name with spaces, quotes and newlines': (calico) => calico.write('felix/a "b"\nc é.go', 'package felix\n'),
  'a link in place of a file': async (calico) => {
    await rename(calico.at('felix/felix.go'), calico.at('../felix.go'));
    await symlink('../../felix.go', calico.at('felix/felix.go'));
  },
  'a link that leads nowhere': (calico) => symlink('nowhere', calico.at('felix/link.go')),
  'a repository in it': async (calico) => {
    await calico.write('felix/inner/inner.go', 'package inner\n');
    await calico.commitAll('felix/inner');
  },
};

describe('the fingerprint of a folder', () => {
  let calico: CalicoFolder;
  beforeEach(async () => {
    calico = await CalicoFolder.make();
  });
  afterEach(() => calico[Symbol.asyncDispose]());

  for (const [kind, make] of Object.entries(kinds)) {
    for (const [what, change] of Object.entries(changes)) {
      it(`${kind} sees ${what}`, async () => {
        await make(calico);
        const before = await fingerprint(calico);
        expect(await fingerprint(calico), 'unchanged').to.equal(before);
        await change(calico);
        expect(await fingerprint(calico)).not.to.equal(before);
      });
    }

    it(`${kind} sees no modes, and nothing of git's own`, async () => {
      await make(calico);
      const before = await fingerprint(calico);
      await chmod(calico.at('felix/felix.go'), 0o444);
      await chmod(calico.at('felix'), 0o555);
      expect(await fingerprint(calico), 'read-only').to.equal(before);
      await chmod(calico.at('felix'), 0o755);
      await calico.commitAll();
      expect(await fingerprint(calico), 'committed').to.equal(before);
    });
  }

  it('sees what comes and goes behind links: a file, the sources of a folder outside, also in a circle', async () => {
    await calico.write('../shared/one.go', 'package one\n');
    await calico.write('../shared/notes', 'x');
    await symlink('../../shared/one.go', calico.at('felix/file.go'));
    await symlink('../shared', calico.at('folder'));
    await symlink('..', calico.at('felix/circle'));
    await symlink('../shared', calico.at('../shared/circle'));
    const before = await fingerprint(calico);
    await calico.write('../shared/notes', 'y');
    expect(await fingerprint(calico), 'no source').to.equal(before);
    await calico.write('../shared/two.go', 'package one\n');
    const two = await fingerprint(calico);
    await calico.write('../shared/one.go', 'package two\n');
    expect(new Set([before, two, await fingerprint(calico)]).size).to.equal(3);
  });

  it('sees changes in a submodule, and its own commit', async () => {
    await calico.write('../sub/sub.go', 'package sub\n');
    await calico.commitAll('../sub');
    await calico.commitAll();
    await calico.git(['submodule', '--quiet', 'add', calico.at('../sub'), 'sub']);
    await calico.git(['commit', '--quiet', '--message', 'with a submodule']);
    const before = await fingerprint(calico);
    await calico.write('sub/sub.go', 'package other\n');
    const changed = await fingerprint(calico);
    await calico.commitAll('sub');
    expect(await fingerprint(calico), 'committed').to.equal(changed);
    expect(changed).not.to.equal(before);
  });

  it('sees of ignored files those that a build reads', async () => {
    await calico.write('.gitignore', 'bin/\n.go-pkg-cache/\n/vendor/\n*_local.go\nnode/filesystem/etc/own\n');
    await calico.commitAll();
    const before = await fingerprint(calico);
    await calico.write('bin/calico-node', 'built');
    await calico.write('.go-pkg-cache/x/x.go', 'package x\n');
    await calico.write('vendor/x/x.go', 'package x\n');
    expect(await fingerprint(calico), 'not read').to.equal(before);
    await calico.write('felix/debug_local.go', 'package felix\n');
    const source = await fingerprint(calico);
    await calico.write('node/filesystem/etc/own', 'x');
    expect(new Set([before, source, await fingerprint(calico)]).size).to.equal(3);
  });

  it("sees what git was told not to look at, and is not misled by a hook's variables", async () => {
    await calico.commitAll();
    await calico.git(['update-index', '--assume-unchanged', 'felix/felix.go']);
    const before = await fingerprint(calico);
    await calico.write('felix/felix.go', 'package other\n');
    const changed = await fingerprint(calico);
    expect(changed).not.to.equal(before);
    await mkdir(calico.at('../elsewhere'));
    process.env.GIT_DIR = calico.at('../elsewhere');
    try {
      expect(await fingerprint(calico)).to.equal(changed);
    } finally {
      delete process.env.GIT_DIR;
    }
  });

  it('sees changes in modules outside that go.mod names', async () => {
    await calico.write('../netlink/go.mod', 'module github.com/vishvananda/netlink\n');
    await calico.write('go.mod', 'module m\n\nreplace github.com/vishvananda/netlink v1.1.0 => "../netlink"\n');
    await calico.commitAll();
    const before = await fingerprint(calico);
    await calico.write('../netlink/netlink.go', 'package netlink\n');
    expect(await fingerprint(calico)).not.to.equal(before);
  });
});

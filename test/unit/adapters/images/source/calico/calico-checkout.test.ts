import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { calicoCheckout } from '../../../../../../src/adapters/images/source/calico/calico-checkout.ts';
import { UsageError } from '../../../../../../src/core/diagnostics/errors.ts';
import { CalicoFolder } from '../../../../../support/calico-folder.ts';

describe('a Calico checkout', () => {
  let calico: CalicoFolder;
  const source = () => calicoCheckout(calico.context(), calico.path);
  const version = async () => (await source()).version;
  const manifest = () => calico.write('manifests/calico.yaml', '          image: docker.io/calico/node:v3.28.5\n');
  beforeEach(async () => {
    calico = await CalicoFolder.make();
  });
  afterEach(() => calico[Symbol.asyncDispose]());

  it('is named as git describes it, and refuses to go on when it changes under a build', async () => {
    await calico.commitAll();
    await calico.git(['tag', 'v3.99.0']);
    const made = await source();
    expect(made.version).to.equal('v3.99.0');
    await made.verify();
    await calico.write('go.mod', 'module github.com/projectcalico/calico\n');
    const failure = await made.verify().catch((error) => error);
    expect(failure).to.have.property('code', 'calico-checkout-changed');
    expect(await version()).to.equal('v3.99.0-dirty');
  });

  it('has a dotted version without a tag too, by the release of its manifest: calico/node starts with no other', async () => {
    await calico.commitAll();
    await calico.git(['tag', 'snapshot']);
    expect(await version()).to.match(/^v3\.0\.0-g[0-9a-f]{7,}$/);
    await manifest();
    await calico.git(['add', '.']);
    expect(await version()).to.match(/^v3\.28\.5-g[0-9a-f]{7,}-dirty$/);
  });

  it('needs no git: its version has its content, and it must not change under a build either', async () => {
    expect(await version()).to.match(/^v3\.0\.0-content-[0-9a-f]{8}$/);
    await manifest();
    const made = await source();
    expect(made.version).to.match(/^v3\.28\.5-content-[0-9a-f]{8}$/);
    expect(made.provenance).to.include(` ${made.version} content ${made.key}`);
    await calico.write('felix/felix.go', 'package other\n');
    expect(await made.verify().catch((error) => error)).to.have.property('code', 'calico-checkout-changed');
    expect(await version()).not.to.equal(made.version);
  });

  it('is not taken for the repository that it lies in', async () => {
    await calico.write('../.gitignore', 'calico\n');
    await calico.commitAll('..');
    await calico.git(['tag', 'v9.9.9'], '..');
    expect(await version()).to.match(/^v3\.0\.0-content-/);
  });

  it('is found through a link: the compiler sees the folder itself', async () => {
    await symlink(calico.path, calico.at('../link'));
    const made = await calicoCheckout(calico.context(), calico.at('../link'));
    expect(made.cwd).to.equal(calico.path);
    expect(made.key).to.equal((await source()).key);
    const [overlay] = made.needs;
    await overlay?.make();
    const [, file = ''] = made.buildArgs;
    expect(await readFile(file, 'utf8')).to.include(join(calico.path, 'cni-plugin/cmd'));
  });

  it("is refused in Go's module cache, with how to copy it: Go builds nothing of ours there", async () => {
    const cached = calico.at('../go/pkg/mod/github.com/projectcalico/calico@v1.11.0-cni-plugin.0.2025-a0db');
    await mkdir(dirname(cached), { recursive: true });
    await cp(calico.path, cached, { recursive: true });
    const failure = await calicoCheckout(calico.context(), cached).catch((error) => error);
    expect(failure).to.be.instanceOf(UsageError).and.to.have.property('code', 'calico-checkout-invalid');
    expect(failure.hint).to.include(`cp -r --no-preserve=mode ${cached} DIR`);
  });

  it('is refused when it is another project, or nothing', async () => {
    await calico.write('go.mod', 'module example.com/other\n');
    await mkdir(calico.at('../empty'));
    for (const folder of ['.', '../empty', '../nowhere']) {
      const failure = await calicoCheckout(calico.context(), calico.at(folder)).catch((error) => error);
      expect(failure).to.be.instanceOf(UsageError).and.to.have.property('code', 'calico-checkout-invalid');
    }
  });
});

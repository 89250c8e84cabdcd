import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  calicoCheckout,
  checkoutFingerprint,
} from '../../../../../../src/adapters/images/source/calico/calico-checkout.ts';
import { runCommand } from '../../../../../../src/adapters/process/run-command.ts';
import { stateFolder } from '../../../../../../src/adapters/state-folder.ts';
import { UsageError } from '../../../../../../src/core/diagnostics/errors.ts';
import { recordedProgress } from '../../../../../support/recorded-progress.ts';

describe('a Calico checkout', () => {
  let folder: string;
  const git = (...args: string[]) =>
    runCommand('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args]);
  const write = (name: string, text: string) => writeFile(join(folder, name), text);
  const context = () => ({
    state: stateFolder({ NETPROOF_HOME: join(folder, '.state') }),
    progress: recordedProgress(),
    sideProgress: recordedProgress(),
    goVersion: 'go1.26.0',
    signal: new AbortController().signal,
    engine: { docker: 'docker', env: {}, kind: 'private', version: '20.10', hasBuildx: false } as const,
  });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netproof-checkout-'));
    await git('init', '--quiet');
    await write('go.mod', 'module github.com/projectcalico/calico\n\ngo 1.23.8\n');
    await write('.gitignore', 'bin\n.state\n');
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'one');
    await git('tag', 'v3.99.0');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('says what to do where there is no commit to tell its state by', async () => {
    await rm(join(folder, '.git'), { recursive: true });
    const error = await checkoutFingerprint(folder).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(UsageError).with.property('code', 'calico-checkout-invalid');
    expect((error as UsageError).hint).to.include(`git -C ${folder} init`);
  });

  it('has one fingerprint for each content: committed, changed, new; ignored files do not count', async () => {
    const clean = await checkoutFingerprint(folder);
    expect(await checkoutFingerprint(folder)).to.equal(clean);
    await write('bin', 'built');
    expect(await checkoutFingerprint(folder)).to.equal(clean);

    await write('go.mod', 'module github.com/projectcalico/calico\n\ngo 1.24.0\n');
    const changed = await checkoutFingerprint(folder);
    await git('add', '.');
    expect(await checkoutFingerprint(folder), 'staged').to.equal(changed);
    await write('new.go', 'package x\n');
    const withNew = await checkoutFingerprint(folder);
    await write('new.go', 'package y\n');
    const withOther = await checkoutFingerprint(folder);
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'two');
    const committed = await checkoutFingerprint(folder);
    expect(new Set([clean, changed, withNew, withOther, committed]).size).to.equal(5);
  });

  it('is named as git describes it, and refuses to go on when it changes under a build', async () => {
    const source = await calicoCheckout(context(), folder);
    expect(source.version).to.equal('v3.99.0');
    await source.verify();
    await write('go.mod', 'module github.com/projectcalico/calico\n');
    const failure = await source.verify().catch((error) => error);
    expect(failure).to.have.property('code', 'calico-checkout-changed');
    expect((await calicoCheckout(context(), folder)).version).to.equal('v3.99.0-dirty');
  });

  it('has a dotted version without a tag too, by the release of its manifest: calico/node starts with no other', async () => {
    await git('tag', '--delete', 'v3.99.0');
    await git('tag', 'snapshot');
    const version = async () => (await calicoCheckout(context(), folder)).version;
    expect(await version()).to.match(/^v3\.0\.0-g[0-9a-f]{7,}$/);
    await mkdir(join(folder, 'manifests'));
    await write('manifests/calico.yaml', '          image: docker.io/calico/node:v3.28.5\n');
    await git('add', '.');
    expect(await version()).to.match(/^v3\.28\.5-g[0-9a-f]{7,}-dirty$/);
  });

  it('is refused when it is another project', async () => {
    await write('go.mod', 'module example.com/other\n');
    const failure = await calicoCheckout(context(), folder).catch((error) => error);
    expect(failure).to.be.instanceOf(UsageError).and.to.have.property('code', 'calico-checkout-invalid');
  });
});

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ClusterError, UsageError } from '../../../../core/diagnostics/errors.ts';
import { runCommand } from '../../../process/run-command.ts';
import { parseGoMod } from '../go/go-module.ts';
import type { BuildContext } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';
import { calicoInstallSource } from './calico-install.ts';
import { type CalicoSource, calicoRepository } from './calico-source.ts';

const git = async (folder: string, ...args: readonly string[]): Promise<string> =>
  // A checkout of another user is read, never written; root may do that.
  (await runCommand('git', ['-c', 'safe.directory=*', '-C', folder, ...args])).stdout;

const headOf = (folder: string): Promise<string> =>
  git(folder, 'rev-parse', 'HEAD').catch((cause: unknown) => {
    throw new UsageError({
      code: 'calico-checkout-invalid',
      message: `${folder} is no git checkout with a commit: builds are told apart by its commit and what differs from it`,
      hint: `git -C ${folder} init && git -C ${folder} add -A && git -C ${folder} commit -m snapshot`,
      cause,
    });
  });

/**
 * Hash of what a git checkout holds now: its commit, what differs from it, and files that git does not know yet.
 * Ignored files are left out. Rejects with `UsageError` where there is no commit.
 */
export const checkoutFingerprint = async (folder: string): Promise<string> => {
  const hash = createHash('sha256');
  hash.update(await headOf(folder));
  hash.update(await git(folder, 'diff', '--binary', 'HEAD'));
  const untracked = await git(folder, 'ls-files', '--others', '--exclude-standard', '-z');
  for (const path of untracked.split('\0').filter((name) => name !== '')) {
    hash.update(`\0${path}\0`).update(await readFile(join(folder, path)));
  }
  return hash.digest('hex').slice(0, 16);
};

const assertCalico = async (folder: string): Promise<void> => {
  const text = await readFile(join(folder, 'go.mod'), 'utf8').catch(() => '');
  if (parseGoMod(text).module === calicoRepository) return;
  throw new UsageError({
    code: 'calico-checkout-invalid',
    message: `${folder} is no checkout of Calico: expected a go.mod of module ${calicoRepository}`,
    hint: `git clone https://${calicoRepository} DIR, then: --cni calico@source:DIR`,
  });
};

/** Lays the repaired installer over the checkout, where only the compiler sees it: nothing is written there. */
const overlayStep = (context: BuildContext, folder: string, path: string): FolderStep => {
  const step = folderStep(context, {
    name: 'calico-overlay',
    title: 'write the overlay of the Calico checkout',
    inputs: [folder, path, calicoInstallSource],
    async make(partial) {
      await writeFile(join(partial, 'main.go'), calicoInstallSource);
      const replace = { [join(folder, path, 'main.go')]: join(step.folder, 'main.go') };
      await writeFile(join(partial, 'overlay.json'), JSON.stringify({ Replace: replace }));
    },
  });
  return step;
};

/**
 * Version by git's tags, e.g. `v3.28.5-12-gdeadbeef-dirty`. A clone without tags has the release that its manifest names
 * (a branch names none: then `v3.0.0`) and the commit: calico/node refuses to start where its version is no dotted triple.
 */
const versionOf = async (folder: string): Promise<string> => {
  const describe = ['describe', '--tags', '--match', 'v[0-9]*.[0-9]*.[0-9]*', '--always', '--long', '--dirty'];
  const described = (await git(folder, ...describe)).trim();
  if (/^v\d/.test(described)) return described.replace(/-0-g[0-9a-f]+/, '');
  const manifest = await readFile(join(folder, 'manifests/calico.yaml'), 'utf8').catch(() => '');
  const release = /image: \S*calico\/node:(v\d+\.\d+\.\d+)/.exec(manifest)?.[1] ?? 'v3.0.0';
  return `${release}-g${described}`;
};

/**
 * Calico from a checkout of its repository, as it is now, committed or not. Rejects with `UsageError`
 * `calico-checkout-invalid` when the folder is none; steps fail with `ClusterError` `calico-checkout-changed` when it
 * changes while it is built.
 */
export const calicoCheckout = async (context: BuildContext, directory: string): Promise<CalicoSource> => {
  const folder = resolve(directory);
  await assertCalico(folder);
  const fingerprint = await checkoutFingerprint(folder);
  const version = await versionOf(folder);
  const installPackage = 'cni-plugin/cmd/netproof-install';
  const overlay = overlayStep(context, folder, installPackage);
  return {
    version,
    provenance: `checkout of ${calicoRepository} ${version} content ${fingerprint}`,
    key: fingerprint,
    needs: [overlay],
    cwd: folder,
    modMode: 'readonly',
    installPackage: `./${installPackage}`,
    buildArgs: ['-overlay', join(overlay.folder, 'overlay.json')],
    files: async () => folder,
    async verify() {
      if ((await checkoutFingerprint(folder)) === fingerprint) return;
      throw new ClusterError({
        code: 'calico-checkout-changed',
        message: `the checkout ${folder} changed while it was built`,
        hint: 'Run the command again: it builds the checkout as it is now.',
      });
    },
  };
};

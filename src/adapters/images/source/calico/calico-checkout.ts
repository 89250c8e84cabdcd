import { createHash } from 'node:crypto';
import { readFile, realpath, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ClusterError, UsageError } from '../../../../core/diagnostics/errors.ts';
import type { BuildContext } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';
import { calicoInstallSource } from './calico-install.ts';
import { type CalicoSource, calicoRepository } from './calico-source.ts';
import { gitCheckout } from './git-checkout.ts';
import { localGoMod, missingReplaces, modFileStep } from './local-replaces.ts';
import { addSourceTree } from './source-tree.ts';

/**
 * Hash of what a build of the folder reads now: its own content and that of the modules outside that its go.mod names,
 * committed or not.
 */
export const checkoutFingerprint = async (folder: string): Promise<string> => {
  const { locals } = await localGoMod(folder);
  const hash = createHash('sha256');
  await addSourceTree(hash, folder);
  for (const { path, folder: outside } of locals.filter((local) => local.outside)) {
    hash.update(`\0module ${path}\0`);
    await addSourceTree(hash, outside);
  }
  return hash.digest('hex').slice(0, 16);
};

/** Where the cache is by default; Go says it itself of others. */
const isModuleCache = (folder: string): boolean =>
  /\/pkg\/mod\/github\.com\/projectcalico\/calico@v[^/]+$/.test(folder);

/** The folder without links in its path, as the compiler sees it. */
const calicoFolder = async (directory: string): Promise<string> => {
  const folder = await realpath(directory).catch(() => resolve(directory));
  if ((await localGoMod(folder)).module === calicoRepository) {
    if (!isModuleCache(folder)) return folder;
    throw new UsageError({
      code: 'calico-checkout-invalid',
      message: `${folder} belongs to Go's module cache, where Go builds only what it downloaded`,
      hint: `cp -r --no-preserve=mode ${folder} DIR, then: --cni calico@source:DIR`,
    });
  }
  throw new UsageError({
    code: 'calico-checkout-invalid',
    message: `${directory} has not the sources of Calico: expected a go.mod of module ${calicoRepository}`,
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

/** Release that the manifest names; a branch names none: then `v3.0.0`. */
const releaseOf = async (folder: string): Promise<string> => {
  const manifest = await readFile(join(folder, 'manifests/calico.yaml'), 'utf8').catch(() => '');
  return /image: \S*calico\/node:(v\d+\.\d+\.\d+)/.exec(manifest)?.[1] ?? 'v3.0.0';
};

/**
 * Version by git's tags, e.g. `v3.28.5-12-gdeadbeef-dirty`. A clone without tags has its release and the commit, a folder
 * without git its release and its content: calico/node refuses to start where its version is no dotted triple.
 */
const versionOf = async (folder: string, release: string, fingerprint: string): Promise<string> => {
  const described = await (await gitCheckout(folder))?.describe();
  if (described === undefined) return `${release}-content-${fingerprint.slice(0, 8)}`;
  return /^v\d/.test(described) ? described.replace(/-0-g[0-9a-f]+/, '') : `${release}-g${described}`;
};

/**
 * Calico from a folder with its sources, as they are now: a git checkout, committed or not, or a copy without git. Nothing
 * is written there. Rejects with `UsageError`: `calico-checkout-invalid` when it is another project,
 * `calico-checkout-incomplete` when a module that its go.mod names is not there; steps fail with `ClusterError`
 * `calico-checkout-changed` when it changes while it is built.
 */
export const calicoCheckout = async (context: BuildContext, directory: string): Promise<CalicoSource> => {
  const folder = await calicoFolder(directory);
  const goMod = await localGoMod(folder);
  const release = await releaseOf(folder);
  const replacements = await missingReplaces(folder, goMod, release);
  const fingerprint = await checkoutFingerprint(folder);
  const version = await versionOf(folder, release, fingerprint);
  const installPackage = 'cni-plugin/cmd/netproof-install';
  const overlay = overlayStep(context, folder, installPackage);
  const modFile = replacements.length === 0 ? undefined : await modFileStep(context, folder, goMod, replacements);
  const replaced = replacements.map(({ path, version: by }) => ` with ${path} ${by}`);
  return {
    version,
    provenance: `checkout of ${calicoRepository} ${version} content ${fingerprint}${replaced.join('')}`,
    key: fingerprint,
    needs: [overlay, ...(modFile === undefined ? [] : [modFile])],
    cwd: folder,
    modMode: 'readonly',
    installPackage: `./${installPackage}`,
    buildArgs: [
      '-overlay',
      join(overlay.folder, 'overlay.json'),
      ...(modFile === undefined ? [] : ['-modfile', join(modFile.folder, 'build.mod')]),
    ],
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

import { access, readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { UsageError } from '../../../../core/diagnostics/errors.ts';
import { type GoModFile, type GoModule, moduleSums, parseGoMod } from '../go/go-module.ts';
import { type BuildContext, runBuildCommand } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';
import { knownRelease } from './calico-versions.ts';

/** A module that a go.mod file takes from a folder. */
interface LocalReplace {
  /** Of the module. */
  readonly path: string;
  /** As go.mod says it: `./api`. */
  readonly by: string;
  readonly folder: string;
  /** Outside the folder of the go.mod file. */
  readonly outside: boolean;
}

/** A go.mod file with the modules that it takes from folders. */
export interface LocalGoMod extends GoModFile {
  readonly text: string;
  readonly locals: readonly LocalReplace[];
}

/** Reads the go.mod file of a folder; where there is none, as if it was empty. */
export const localGoMod = async (folder: string): Promise<LocalGoMod> => {
  const text = await readFile(join(folder, 'go.mod'), 'utf8').catch(() => '');
  const file = parseGoMod(text);
  const locals = file.replaces.flatMap(({ path, by: quoted }) => {
    const by = quoted.replace(/^(["`])(.*)\1$/, '$2');
    if (!/^\.{0,2}\//.test(by)) return [];
    const target = resolve(folder, by);
    return [{ path, by, folder: target, outside: relative(folder, target).startsWith('..') }];
  });
  return { ...file, text, locals };
};

/** A published module in the place of a folder that is missing. */
interface Replacement extends GoModule {
  readonly by: string;
}

/** `v0.0.0` and the like stand where only the replacement counts. */
const isReal = (version: string): boolean => !/^v0\.0\.0(-00010101000000-0+)?$/.test(version);

const publishedInPlace = (local: LocalReplace, goMod: LocalGoMod, root: string, release: string): Replacement => {
  const { path, by } = local;
  const required = goMod.requires.find((module) => module.path === path)?.version ?? 'v0.0.0';
  const known = knownRelease(release)
    ?.replaces.find((replace) => replace.path === path)
    ?.by.split(' ')[1];
  const version = isReal(required) ? required : known;
  if (!local.outside && version !== undefined) return { path, version, by };
  throw new UsageError({
    code: 'calico-checkout-incomplete',
    message: `go.mod in ${root} takes ${path} from ${by}, and there is no module`,
    hint: local.outside
      ? `Put it at ${local.folder}, or take the replacement out of go.mod.`
      : `Copy ${by} from a git clone of the same version (Go's module zips leave it out), or name a published one in go.mod: replace ${path} => ${path} VERSION`,
  });
};

/**
 * Finds published modules for the folders that go.mod names and that are not there, as in a copy from Go's module cache:
 * module zips leave nested modules out. The version is the one that go.mod requires, or else what the release was built
 * with. Rejects with `UsageError` `calico-checkout-incomplete` where neither says one, and for folders outside: whoever
 * puts a module of their own beside the checkout wants no other.
 */
export const missingReplaces = async (
  folder: string,
  goMod: LocalGoMod,
  release: string,
): Promise<readonly Replacement[]> => {
  const found: Replacement[] = [];
  for (const local of goMod.locals) {
    const isThere = await access(join(local.folder, 'go.mod')).then(
      () => true,
      () => false,
    );
    if (!isThere) found.push(publishedInPlace(local, goMod, folder, release));
  }
  return found;
};

/** Writes `build.mod` and `build.sum`: a folder's go.mod and go.sum with published modules in place of missing folders. */
export const modFileStep = async (
  context: BuildContext,
  folder: string,
  goMod: LocalGoMod,
  replacements: readonly Replacement[],
): Promise<FolderStep> => {
  const sums = await readFile(join(folder, 'go.sum'), 'utf8').catch(() => '');
  const names = replacements.map(({ by, path, version }) => `${path} ${version} in place of ${by}`);
  return folderStep(context, {
    name: 'calico-modfile',
    title: 'write a go.mod for the Calico checkout',
    inputs: [goMod.text, sums, names],
    async make(partial) {
      for (const name of names) context.progress.note(`not in ${folder}: building with ${name}`);
      await writeFile(join(partial, 'build.mod'), goMod.text);
      const edits = replacements.map(({ path, version }) => `-replace=${path}=${path}@${version}`);
      await runBuildCommand(context, 'calico-modfile', ['go', 'mod', 'edit', ...edits, 'build.mod'], { cwd: partial });
      const added = [];
      for (const module of replacements) added.push(await moduleSums(context, module));
      await writeFile(join(partial, 'build.sum'), [sums.replace(/([^\n])$/, '$1\n'), ...added].join(''));
    },
  });
};

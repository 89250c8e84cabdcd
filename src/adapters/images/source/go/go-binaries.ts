import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkContext } from '../../../debian/install-packages.ts';
import { type BuildStep, runBuildCommand } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';
import { compileFailure } from './compile-failure.ts';

/** Surroundings of what Go compiles. */
export interface GoContext extends WorkContext {
  /** Of the compiler, as `go env GOVERSION` says it: it puts its standard library into every program. */
  readonly goVersion: string;
}

/** `mod`: go.mod is ours and may be completed; `readonly`: it is somebody else's. */
type ModMode = 'mod' | 'readonly';

const goEnv = (mode: ModMode) => ({ CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: `-mod=${mode} -buildvcs=false` });
const goHint =
  'Look at the log; modules come from GOPROXY ("go env GOPROXY"), and Go has to be new enough ("go version").';

/** A module of ours that pins what is built: go.mod, go.sum, and sources of our own. */
export interface BuildModule {
  readonly name: string;
  /** Known only when it is made: it may derive from the module's own go.mod. */
  readonly goMod: () => Promise<string>;
  /** What `goMod` depends on: goes into the key. */
  readonly version: string;
  /** Packages whose dependencies go.sum must cover. */
  readonly packages: readonly string[];
  readonly needs?: readonly BuildStep[];
  /** Sources of our own by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Sources made of the module's own, by path; `version` says how. */
  readonly derivedFiles?: () => Promise<Readonly<Record<string, string>>>;
}

/** Resolves a build module's dependencies: the folder then holds go.mod, go.sum and its files. */
export const goModuleStep = (context: WorkContext, module: BuildModule): FolderStep =>
  folderStep(context, {
    name: `module-${module.name}`,
    title: `resolve the Go modules of ${module.name}`,
    needs: module.needs ?? [],
    inputs: [module.version, module.packages, module.files ?? {}, 'tidy 1'],
    async make(folder) {
      await writeFile(join(folder, 'go.mod'), await module.goMod());
      const imports = module.packages.map((path) => `import _ ${JSON.stringify(path)}\n`);
      await writeFile(join(folder, 'tools.go'), `//go:build tools\n\npackage tools\n\n${imports.join('')}`);
      for (const [path, text] of Object.entries({ ...module.files, ...(await module.derivedFiles?.()) })) {
        await mkdir(join(folder, path, '..'), { recursive: true });
        await writeFile(join(folder, path), text);
      }
      await runBuildCommand(context, `module-${module.name}`, ['go', 'mod', 'tidy'], {
        cwd: folder,
        env: goEnv('mod'),
        title: `resolve the Go modules of ${module.name}`,
        hint: goHint,
      });
    },
  });

/** Programs to compile. */
export interface GoBinaries {
  readonly name: string;
  readonly title: string;
  /** Package of each program by its file name. */
  readonly programs: Readonly<Record<string, string>>;
  readonly tags?: readonly string[];
  /** Values of string variables, stamped in by the linker (`-X`). */
  readonly stamps?: Readonly<Record<string, string>>;
  /** Further arguments of `go build`. */
  readonly args?: readonly string[];
  /** What the arguments point to, for the key. */
  readonly needs?: readonly BuildStep[];
}

/** Where programs are compiled from. */
export interface GoSource {
  readonly needs: readonly BuildStep[];
  /** Folder with a go.mod. */
  readonly cwd: string;
  /** What the folder holds, where no needed step says it. */
  readonly key: string;
  readonly modMode: ModMode;
  /** Rejects when the folder no longer holds what the key says. */
  readonly verify: () => Promise<void>;
}

const compileHint = ({ cwd, modMode }: GoSource): string =>
  modMode === 'mod'
    ? goHint
    : `Mend it in ${cwd} and run the command again: what has not changed since the last time is not compiled again.`;

/** Compiles programs, statically. Rejects with `ClusterError`, `compile-failed` where the sources are at fault. */
export const goBinariesStep = (context: GoContext, source: GoSource, recipe: GoBinaries): FolderStep => {
  const stamps = Object.entries(recipe.stamps ?? {}).map(([name, value]) => `-X ${name}=${value}`);
  const flags = [
    '-trimpath',
    ...(recipe.tags === undefined ? [] : [`-tags=${recipe.tags.join(',')}`]),
    `-ldflags=${['-s', '-w', ...stamps].join(' ')}`,
  ];
  return folderStep(context, {
    name: recipe.name,
    title: recipe.title,
    needs: [...source.needs, ...(recipe.needs ?? [])],
    inputs: [source.key, recipe.programs, flags, process.arch, context.goVersion],
    async make(folder) {
      for (const [program, path] of Object.entries(recipe.programs)) {
        const output = join(folder, program);
        const lines: string[] = [];
        await runBuildCommand(
          context,
          recipe.name,
          ['go', 'build', ...flags, ...(recipe.args ?? []), '-o', output, path],
          {
            cwd: source.cwd,
            env: goEnv(source.modMode),
            title: recipe.title,
            hint: goHint,
            onLine(line) {
              lines.push(line);
              context.progress.detail(line);
            },
          },
        ).catch((error: unknown) => {
          throw compileFailure(error, lines, { title: recipe.title, hint: compileHint(source) });
        });
      }
      await source.verify();
    },
  });
};

/** Compiles programs of a build module. */
export const moduleBinaries = (context: GoContext, module: FolderStep, recipe: GoBinaries): FolderStep =>
  goBinariesStep(
    context,
    { needs: [module], cwd: module.folder, key: '', modMode: 'mod', verify: async () => undefined },
    recipe,
  );

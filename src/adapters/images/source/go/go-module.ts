import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkContext } from '../../../debian/install-packages.ts';
import { runBuildCommand } from '../steps/build-step.ts';

/** A Go module at a version. */
export interface GoModule {
  readonly path: string;
  /** With its leading `v`. */
  readonly version: string;
}

/** What of a go.mod file matters to one who builds the module from outside. */
export interface GoModFile {
  /** Path of the module itself. */
  readonly module: string;
  /** Of the `go` line: also sets the defaults of GODEBUG. */
  readonly goVersion: string;
  readonly godebug: readonly string[];
  readonly requires: readonly GoModule[];
  readonly replaces: readonly { readonly path: string; readonly by: string }[];
}

/** Reads the directives of a go.mod file (https://go.dev/ref/mod#go-mod-file), blocks and single lines alike. */
export const parseGoMod = (text: string): GoModFile => {
  const lines = text
    .replace(/^(\w+)\s*\(\n([\s\S]*?)^\)/gm, (_, verb: string, body: string) =>
      body.replace(/^\s*(?=[^\s/])/gm, `${verb} `),
    )
    .split('\n')
    .map((line) =>
      line
        .replace(/\s*\/\/.*$/, '')
        .trim()
        .split(/\s+/),
    );
  const of = (verb: string): readonly (readonly string[])[] =>
    lines.filter(([word]) => word === verb).map((line) => line.slice(1));
  return {
    module: of('module')[0]?.[0] ?? '',
    goVersion: of('go')[0]?.[0] ?? '',
    godebug: of('godebug').map((words) => words.join(' ')),
    requires: of('require').map(([path = '', version = '']) => ({ path, version })),
    replaces: of('replace').map((words) => {
      const arrow = words.indexOf('=>');
      return { path: words[0] ?? '', by: words.slice(arrow + 1).join(' ') };
    }),
  };
};

/** Text of a go.mod file of ours that requires one module and builds it as its authors do. */
export const goModText = (file: {
  readonly goVersion: string;
  readonly godebug?: readonly string[];
  readonly require: GoModule;
  readonly replaces?: readonly { readonly path: string; readonly by: string }[];
}): string =>
  [
    'module netproof.build/images',
    `go ${file.goVersion}`,
    ...(file.godebug ?? []).map((setting) => `godebug ${setting}`),
    `require ${file.require.path} ${file.require.version}`,
    ...(file.replaces ?? []).map(({ path, by }) => `replace ${path} => ${by}`),
    '',
  ].join('\n');

/** Takes a module from Go's module cache; downloads it when it is not there. */
const downloadModule = async (context: WorkContext, { path, version }: GoModule) => {
  const { stdout } = await runBuildCommand(
    context,
    'go-mod-download',
    ['go', 'mod', 'download', '-json', `${path}@${version}`],
    {
      title: `download ${path} ${version}`,
      env: { GOWORK: 'off', GOFLAGS: '-mod=mod' },
      cwd: '/',
      hint: 'Go modules come from GOPROXY ("go env GOPROXY"): is it reachable?',
    },
  );
  return JSON.parse(stdout) as { readonly Dir: string; readonly Sum: string; readonly GoModSum: string };
};

/** Folder of a module's files in Go's module cache. */
export const moduleFolder = async (context: WorkContext, module: GoModule): Promise<string> =>
  (await downloadModule(context, module)).Dir;

/** A module's lines of a go.sum file. */
export const moduleSums = async (context: WorkContext, module: GoModule): Promise<string> => {
  const { Sum, GoModSum } = await downloadModule(context, module);
  return `${module.path} ${module.version} ${Sum}\n${module.path} ${module.version}/go.mod ${GoModSum}\n`;
};

/** The go.mod file of a module. */
export const moduleGoMod = async (context: WorkContext, module: GoModule): Promise<GoModFile> =>
  parseGoMod(await readFile(join(await moduleFolder(context, module), 'go.mod'), 'utf8'));

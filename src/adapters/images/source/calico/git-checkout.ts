import { runCommand } from '../../../process/run-command.ts';

/** Read as it is: other users' checkouts too (root may do that), none of their programs run, no lock taken. */
const options = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=false'];

/** A hook that starts netproof must not lead git to its own repository. */
const env = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_DIR: undefined,
  GIT_WORK_TREE: undefined,
  GIT_INDEX_FILE: undefined,
  GIT_COMMON_DIR: undefined,
};

const git = async (folder: string, ...args: readonly string[]): Promise<string> =>
  (await runCommand('git', [...options, '-C', folder, ...args], { env })).stdout;

const paths = (output: string): readonly string[] => output.split('\0').filter((path) => path !== '');

/** Ignored files that a build reads all the same; Go looks into no folder of modules or of a leading dot. */
const ignoredSources = ['*.go', '*.s', '*.h', 'node/filesystem', ':(exclude,glob)**/.*/**', ':(exclude)vendor'];

/** A folder that is the top of a git work tree with a commit. */
export interface GitCheckout {
  /** Paths of what is tracked (there or not), untracked, or ignored and yet read by a build; folders where another repository begins. */
  readonly files: () => Promise<readonly string[]>;
  /** By tags, e.g. `v3.28.5-12-gdeadbeef-dirty`; without one, the commit: `deadbeef-dirty`. */
  readonly describe: () => Promise<string>;
}

/**
 * The git checkout that a folder is. `undefined` where it is none: a folder somewhere inside another repository belongs
 * to that, tracked there or not, and the commit there says nothing about it.
 * @param folder without links in its path
 */
export const gitCheckout = async (folder: string): Promise<GitCheckout | undefined> => {
  const top = await git(folder, 'rev-parse', '--show-toplevel', 'HEAD').catch(() => '');
  if (!top.startsWith(`${folder}\n`)) return undefined;
  return {
    async files() {
      const known = await git(folder, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
      const others = ['ls-files', '-z', '--others', '--ignored', '--exclude-standard', '--'];
      return [...new Set([...paths(known), ...paths(await git(folder, ...others, ...ignoredSources))])];
    },
    async describe() {
      const match = ['--tags', '--match', 'v[0-9]*.[0-9]*.[0-9]*', '--always', '--long', '--dirty'];
      return (await git(folder, 'describe', ...match)).trim();
    },
  };
};

import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ClusterError } from '../../../../core/diagnostics/errors.ts';
import { debianHost } from '../../../debian/debian-host.ts';
import type { WorkContext } from '../../../debian/install-packages.ts';
import { debianMirror } from '../../../debian/mirror.ts';
import { type BuildContext, besideContext, runBuildCommand } from '../steps/build-step.ts';
import { type FolderStep, folderStep } from '../steps/folder-step.ts';

const title = 'build BusyBox';
/** `tc` does not compile against kernel headers of 6.8 and later. */
const settings: Readonly<Record<string, 'y' | 'n'>> = { CONFIG_STATIC: 'y', CONFIG_TC: 'n' };

/** Sets options in a kernel-style configuration; an option that is not in it is added. */
export const configure = (config: string, options: Readonly<Record<string, 'y' | 'n'>>): string => {
  const kept = config
    .split('\n')
    .filter((line) => !Object.keys(options).some((name) => new RegExp(`\\b${name}\\b`).test(line)));
  const set = Object.entries(options).map(([name, value]) => (value === 'y' ? `${name}=y` : `# ${name} is not set`));
  return `${[...kept, ...set].join('\n')}\n`;
};

/**
 * Fetches a Debian source package and unpacks it. The machine's apt has no source entries, and its configuration is
 * not touched: apt is given a source list and folders of our own.
 */
const fetchSource = async (context: WorkContext, name: string, folder: string): Promise<string> => {
  const mirror = await debianMirror((await debianHost()).codename, context);
  const apt = join(folder, 'apt');
  for (const path of ['lists/partial', 'cache/archives/partial']) await mkdir(join(apt, path), { recursive: true });
  const list = join(apt, 'sources.list');
  await writeFile(
    list,
    `deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror.uri} ${mirror.codename} main\n`,
  );
  const options = {
    'Dir::Etc::sourcelist': list,
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': join(apt, 'lists'),
    'Dir::Cache': join(apt, 'cache'),
    'APT::Sandbox::User': 'root',
  };
  const flags = Object.entries(options).flatMap(([option, value]) => ['-o', `${option}=${value}`]);
  const run = (...words: [string, ...string[]]) => runBuildCommand(context, 'busybox', words, { cwd: folder, title });
  await run('apt-get', ...flags, 'update');
  await run('apt-get', ...flags, 'source', '--download-only', name);
  const dsc = (await readdir(folder)).find((file) => file.endsWith('.dsc'));
  if (dsc === undefined) throw new ClusterError({ code: 'source-missing', message: `apt-get fetched no ${name}` });
  await run('dpkg-source', '--no-check', '-x', dsc, 'source');
  return join(folder, 'source');
};

/**
 * A static BusyBox with all its links, as Alpine has it: the options of its own default configuration. Debian's binary
 * package leaves out `wget --timeout`, on which the article's command rests. `root/` is the tree, `version` says which.
 */
export const busybox = (buildContext: BuildContext, codename: string): FolderStep => {
  const context = besideContext(buildContext);
  return folderStep(context, {
    beside: true,
    name: 'busybox',
    title,
    inputs: [codename, settings, process.arch, 'defconfig 1'],
    async make(folder) {
      const source = await fetchSource(context, 'busybox', folder);
      const run = (...words: [string, ...string[]]) =>
        runBuildCommand(context, 'busybox', words, { cwd: source, title });
      await run('make', 'defconfig');
      const config = join(source, '.config');
      await writeFile(config, configure(await readFile(config, 'utf8'), settings));
      await run('sh', '-c', 'yes "" | make oldconfig');
      await run('make', `-j${availableParallelism()}`);
      await run('make', 'install', `CONFIG_PREFIX=${join(folder, 'root')}`);
      const { stdout } = await run('dpkg-parsechangelog', '-S', 'Version');
      await writeFile(join(folder, 'version'), stdout.trim());
      await run('rm', '-rf', source, join(folder, 'apt'));
    },
  });
};

import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { debianHost } from '../../../debian/debian-host.ts';
import { debianMirror } from '../../../debian/mirror.ts';
import { removeTree } from '../../../process/remove-tree.ts';
import { type BuildContext, besideContext, runBuildCommand, runDocker } from '../steps/build-step.ts';
import { type ImageStep, imageStep } from '../steps/image-step.ts';

/** Left out of images: nobody reads it there. */
const ballast = [
  'usr/share/doc',
  'usr/share/man',
  'usr/share/locale',
  'usr/share/info',
  'var/cache/apt',
  'var/lib/apt/lists',
  'var/log/bootstrap.log',
];

/** A minimal Debian with some packages, as an image: of this machine's release, from this machine's mirror. */
export const rootImage = (
  buildContext: BuildContext,
  recipe: {
    readonly name: string;
    readonly title: string;
    readonly packages: readonly string[];
    readonly codename: string;
  },
): ImageStep => {
  const context = besideContext(buildContext);
  return imageStep(context, {
    beside: true,
    name: recipe.name,
    title: recipe.title,
    inputs: [recipe.codename, recipe.packages, ballast, process.arch],
    async make(image) {
      const mirror = await debianMirror((await debianHost()).codename, context);
      // Not below /tmp, which may be mounted nodev or noexec.
      await mkdir(context.state.build, { recursive: true });
      const folder = await mkdtemp(join(context.state.build, `.partial-${process.pid}-root-`));
      const root = join(folder, 'root');
      const log = recipe.name;
      try {
        await runBuildCommand(
          context,
          log,
          [
            'debootstrap',
            '--variant=minbase',
            `--include=${recipe.packages.join(',')}`,
            mirror.codename,
            root,
            mirror.uri,
          ],
          { title: recipe.title, hint: 'Look at the log; debootstrap needs the Debian mirror of this machine.' },
        );
        await rm(join(root, 'etc/resolv.conf'), { force: true });
        const exclude = ballast.map((path) => `--exclude=./${path}/*`);
        const archive = join(folder, 'root.tar');
        await runBuildCommand(context, log, ['tar', '-C', root, ...exclude, '--numeric-owner', '-cf', archive, '.']);
        await runDocker(context, log, ['import', archive, image]);
      } finally {
        await removeTree(folder);
      }
    },
  });
};

import { ClusterError } from '../../../../core/diagnostics/errors.ts';
import { systemPath } from '../../../container-engine/start-private-engine.ts';
import { debianHost } from '../../../debian/debian-host.ts';
import { installPackages, type WorkContext } from '../../../debian/install-packages.ts';
import { findExecutable } from '../../../process/find-executable.ts';

/** Programs that a source build calls, with the Debian package of each. Go comes from elsewhere: Debian's is too old. */
const programs = {
  debootstrap: 'debootstrap',
  gcc: 'build-essential',
  make: 'build-essential',
  'dpkg-source': 'dpkg-dev',
  bzip2: 'bzip2',
  xz: 'xz-utils',
} as const;

/**
 * Makes sure that what a source build calls is there, and installs what Debian has. Rejects with `ClusterError`
 * `source-build-impossible` on a machine that is not Debian or where we are not root, `go-missing` without Go.
 */
export const ensurePrerequisites = async (context: WorkContext): Promise<void> => {
  const host = await debianHost();
  if (!host.isDebian || !host.isRoot) {
    throw new ClusterError({
      code: 'source-build-impossible',
      message: `images are built from source on Debian as root only (this is ${host.isDebian ? 'not root' : process.platform})`,
      hint: 'Use published images: --images registry',
    });
  }
  if ((await findExecutable('go')) === undefined) {
    throw new ClusterError({
      code: 'go-missing',
      message: 'images are built from source with Go, and there is no "go" in PATH',
      hint: 'Install Go from https://go.dev/dl/, or use published images: --images registry',
    });
  }
  const missing = new Set<string>();
  for (const [program, debianPackage] of Object.entries(programs)) {
    if ((await findExecutable(program, systemPath())) === undefined) missing.add(debianPackage);
  }
  if (missing.size === 0) return;
  context.progress.step(`install ${[...missing].join(', ')}`);
  await installPackages([...missing], context);
  context.progress.done();
};

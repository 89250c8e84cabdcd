import { ClusterError } from '../../core/diagnostics/errors.ts';
import { runCommand } from '../process/run-command.ts';

/** Where this machine gets its Debian packages from. */
export interface DebianMirror {
  readonly uri: string;
  /** Release name, e.g. `bookworm`. */
  readonly codename: string;
}

/**
 * The mirror of this machine's own release, from apt's sources, whatever format these have. Rejects with `ClusterError`
 * `debian-mirror-missing` where apt has no such source, or its lists were never fetched.
 */
export const debianMirror = async (codename: string): Promise<DebianMirror> => {
  const format = '$(REPO_URI) $(CODENAME) $(COMPONENT) $(ORIGIN) $(LABEL)';
  const { stdout } = await runCommand('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  const uri = stdout
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, name, component, origin, label]) => name === codename && component === 'main' && origin === label)?.[0];
  if (uri === undefined) {
    throw new ClusterError({
      code: 'debian-mirror-missing',
      message: `apt has no source for the main component of ${codename || 'this release'}`,
      hint: 'Run: apt-get update (and look at /etc/apt/sources.list.d)',
    });
  }
  return { uri, codename };
};

import { ClusterError } from '../../core/diagnostics/errors.ts';
import { runCommand } from '../process/run-command.ts';
import { fetchPackageLists, type WorkContext } from './install-packages.ts';

/** Where this machine gets its Debian packages from. */
export interface DebianMirror {
  readonly uri: string;
  /** Release name, e.g. `bookworm`. */
  readonly codename: string;
}

const look = async (codename: string): Promise<string | undefined> => {
  const format = '$(REPO_URI) $(CODENAME) $(COMPONENT) $(ORIGIN) $(LABEL)';
  const { stdout } = await runCommand('apt-get', ['indextargets', '--format', format, 'Created-By: Packages']);
  return stdout
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, name, component, origin, label]) => name === codename && component === 'main' && origin === label)?.[0];
};

/**
 * The mirror of this machine's own release, from apt's sources, whatever format these have; fetches apt's lists where
 * they were never fetched. Needs root. Rejects with `ClusterError` `debian-mirror-missing` where apt has no such source.
 */
export const debianMirror = async (codename: string, context: WorkContext): Promise<DebianMirror> => {
  let uri = await look(codename);
  if (uri === undefined) {
    await fetchPackageLists(context);
    uri = await look(codename);
  }
  if (uri === undefined) {
    throw new ClusterError({
      code: 'debian-mirror-missing',
      message: `apt has no source for the main component of ${codename || 'this release'}`,
      hint: 'Look at /etc/apt/sources.list.d, and run: apt-get update',
    });
  }
  return { uri, codename };
};

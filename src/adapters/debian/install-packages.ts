import { join } from 'node:path';
import type { Progress } from '../../ports/progress.ts';
import { runCommand } from '../process/run-command.ts';
import type { StateFolder } from '../state-folder.ts';

/** Surroundings of a long piece of work: where it logs, whom it tells, what cancels it. */
export interface WorkContext {
  readonly state: StateFolder;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

const aptEnv = { DEBIAN_FRONTEND: 'noninteractive', NEEDRESTART_SUSPEND: '1', LC_ALL: 'C.UTF-8' };

const wait = ['-o', 'DPkg::Lock::Timeout=300'];

const common = ({ progress, signal, state }: WorkContext, log: string) => ({
  env: aptEnv,
  logFile: join(state.logs, `${log}.log`),
  signal,
  onLine: (line: string) => progress.detail(line),
});

/** Fetches the lists of packages. Needs root. Rejects with `ClusterError`. */
export const fetchPackageLists = async (context: WorkContext): Promise<void> => {
  await runCommand('apt-get', [...wait, 'update'], { ...common(context, 'apt-update'), title: 'fetch package lists' });
};

/**
 * Installs Debian packages without recommended ones. Needs root. The package lists are fetched first; when that fails
 * (one broken third-party source is enough), the lists that are there are used. Rejects with `ClusterError`.
 */
export const installPackages = async (packages: readonly string[], context: WorkContext): Promise<void> => {
  await fetchPackageLists(context).catch((error: unknown) => {
    context.signal.throwIfAborted();
    context.progress.note(`apt-get update failed, going on with the lists that are there (${String(error)})`);
  });
  // Not cancelled on the way: dpkg, interrupted, leaves packages half configured.
  const { signal, ...rest } = common(context, `apt-${packages[0] ?? 'none'}`);
  await runCommand('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages], {
    ...rest,
    title: `install ${packages.join(' ')}`,
    hint: 'Try "dpkg --configure -a && apt-get update", then the command itself, and look at what apt-get says.',
  });
  signal.throwIfAborted();
};

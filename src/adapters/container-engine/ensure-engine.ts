import { ClusterError } from '../../core/diagnostics/errors.ts';
import type { Progress } from '../../ports/progress.ts';
import { installPackages, type WorkContext } from '../debian/install-packages.ts';
import { withoutServices } from '../debian/without-services.ts';
import { findExecutable } from '../process/find-executable.ts';
import { runCommand } from '../process/run-command.ts';
import { type StateFolder, stateFolder } from '../state-folder.ts';
import type { ContainerEngine } from './container-engine.ts';
import { engineRemedy } from './engine-remedy.ts';
import { findEngine } from './find-engine.ts';
import { raiseInotifyLimits } from './inotify-limits.ts';
import { startPrivateEngine, systemPath } from './start-private-engine.ts';

/** What `ensureEngine` needs; `state` defaults to the user's state folder. */
export interface EnsureEngineOptions {
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly state?: StateFolder;
}

/**
 * An engine that answers. One that is there is used as it is and never changed. Else, on Debian as root, netproof
 * installs Debian's and runs a private one that outlives this process and is reused. Elsewhere rejects with
 * `ClusterError` `engine-missing`, whose hint is the command that mends it.
 */
export const ensureEngine = async (options: EnsureEngineOptions): Promise<ContainerEngine> => {
  const context: WorkContext = { ...options, state: options.state ?? stateFolder() };
  const present = await findEngine(context.state);
  if (present.found) return present.engine;

  const host = process.env.DOCKER_HOST;
  if (host !== undefined && host !== '') {
    throw new ClusterError({
      code: 'engine-missing',
      message: `no container engine answers at DOCKER_HOST=${host}: ${present.reason ?? 'no docker client in PATH'}`,
      hint: 'Start that engine, or run: unset DOCKER_HOST',
    });
  }
  const remedy = await engineRemedy(present.reason);
  if (!remedy.automatic) {
    throw new ClusterError({
      code: 'engine-missing',
      message: `no container engine answers: ${present.reason ?? 'no docker client in PATH'}`,
      hint: remedy.hint,
    });
  }
  context.progress.step('start a private container engine');
  await raiseInotifyLimits(context.progress);
  const engine = await startPrivateEngine(await installedDaemon(context), context);
  context.progress.done();
  return engine;
};

/** Path of dockerd, which is installed where it is missing. */
const installedDaemon = async (context: WorkContext): Promise<string> => {
  const present = await findExecutable('dockerd', systemPath());
  if (present !== undefined) return present;
  context.progress.note('no container engine here: installing docker.io for one of our own (it is not enabled)');
  await withoutServices(() => installPackages(['docker.io', 'iptables'], context));
  await runCommand('deb-systemd-helper', ['disable', 'docker.service', 'docker.socket', 'containerd.service'], {
    env: { DPKG_MAINTSCRIPT_PACKAGE: 'docker.io' },
    title: 'keep the docker service from starting at boot',
  });
  const installed = await findExecutable('dockerd', systemPath());
  if (installed === undefined) {
    throw new ClusterError({
      code: 'engine-missing',
      message: 'docker.io is installed, but there is no dockerd in PATH',
      hint: 'Run: apt-get install --reinstall docker.io',
    });
  }
  return installed;
};

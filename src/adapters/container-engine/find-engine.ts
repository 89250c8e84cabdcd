import { findExecutable } from '../process/find-executable.ts';
import { type StateFolder, stateFolder } from '../state-folder.ts';
import type { ContainerEngine } from './container-engine.ts';
import { enginePaths } from './daemon-config.ts';
import { runningDaemon } from './daemon-process.ts';
import { probeEngine } from './probe-engine.ts';
import { privateEngine } from './start-private-engine.ts';

/** The engine, or why there is none: what the docker client said, or `undefined` where there is no client. */
export type FoundEngine =
  | { readonly found: true; readonly engine: ContainerEngine }
  | { readonly found: false; readonly reason: string | undefined };

/**
 * Looks for an engine that answers: the one that docker is set up for (`DOCKER_HOST`, context, default socket), else
 * netproof's own. Starts and installs nothing, never rejects.
 */
export const findEngine = async (state: StateFolder = stateFolder()): Promise<FoundEngine> => {
  const docker = await findExecutable('docker');
  const present = docker === undefined ? undefined : await probeEngine(docker, {}, 'found');
  if (present?.answers) return { found: true, engine: present.engine };
  const paths = enginePaths(state);
  if ((await runningDaemon(paths)) !== undefined) {
    const own = await privateEngine(paths);
    if (typeof own !== 'string') return { found: true, engine: own };
  }
  return { found: false, reason: present?.reason };
};

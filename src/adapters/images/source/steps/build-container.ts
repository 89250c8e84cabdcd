import { isAlive } from '../../../process/is-alive.ts';
import { type BuildContext, runDocker } from './build-step.ts';

/** Name of a container that a build of this process uses: says whose it is, so that a killed build's can be told. */
export const buildContainerName = (purpose: string): string => `netproof-build-${process.pid}-${purpose}`;

/** Removes a container with its volumes, also when the build was cancelled. */
export const removeContainer = async (context: BuildContext, log: string, name: string): Promise<void> => {
  await runDocker({ ...context, signal: new AbortController().signal }, log, ['rm', '--force', '--volumes', name]);
};

/** Removes containers of builds that were killed. */
export const removeAbandonedContainers = async (context: BuildContext, log: string): Promise<void> => {
  const { stdout } = await runDocker(context, log, [
    'ps',
    '--all',
    '--filter',
    'name=^netproof-build-',
    '--format',
    '{{.Names}}',
  ]);
  for (const name of stdout.split('\n')) {
    const pid = /^netproof-build-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await removeContainer(context, log, name);
  }
};

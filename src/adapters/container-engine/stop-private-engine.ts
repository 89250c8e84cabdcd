import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError } from '../../core/diagnostics/errors.ts';
import { type StateFolder, stateFolder } from '../state-folder.ts';
import { enginePaths } from './daemon-config.ts';
import { runningDaemon } from './daemon-process.ts';

const stopLimitMs = 60_000;

/**
 * Stops netproof's own engine and with it its containers; images stay. Resolves with whether one ran. Only the process
 * that its pid file names is signalled, and only when it is that daemon. Rejects with `ClusterError`
 * `engine-not-stopped` when it is still there after a minute.
 */
export const stopPrivateEngine = async (state: StateFolder = stateFolder()): Promise<boolean> => {
  const paths = enginePaths(state);
  const pid = await runningDaemon(paths);
  if (pid === undefined) return false;
  process.kill(pid, 'SIGTERM');
  const limit = performance.now() + stopLimitMs;
  while (performance.now() < limit) {
    if ((await runningDaemon(paths)) === undefined) return true;
    await sleep(100);
  }
  throw new ClusterError({
    code: 'engine-not-stopped',
    message: `the private container engine (pid ${pid}) still runs ${stopLimitMs / 1000} s after SIGTERM`,
    logFile: paths.log,
    hint: `Look at its log, then end it with "kill -9 ${pid}".`,
  });
};

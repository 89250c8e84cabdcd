import { OUTSIDE } from '../../core/scenario/scenario.ts';
import type { Cluster } from '../../ports/cluster.ts';
import type { ExecEnd } from '../../ports/exec.ts';
import type { FoundEngine } from '../container-engine/find-engine.ts';
import { openCommand } from '../process/open-command.ts';
import { requireEngine } from './require-engine.ts';

/** Opens commands in hosts outside, which are containers of the engine, and in pods as the cluster does. */
export function execEverywhere(exec: Cluster['exec'], findEngine: () => Promise<FoundEngine>): Cluster['exec'] {
  return async (pod, command, options = {}) => {
    if (pod.namespace !== OUTSIDE) return exec(pod, command, options);
    const engine = await requireEngine(findEngine);
    const { signal } = options;
    const args = ['exec', '--interactive', pod.name, ...command];
    const opened = openCommand(engine.docker, args, { env: engine.env, ...(signal !== undefined && { signal }) });
    const { stdin, stdout, stderr } = opened;
    const ended = opened.ended.then((end): ExecEnd => {
      return typeof end === 'number' ? { kind: 'exited', code: end } : { kind: 'lost', cause: end };
    });
    return { stdin, stdout, stderr, ended, close: opened.stop };
  };
}

import { Command } from 'commander';
import { findEngine } from '../../adapters/container-engine/find-engine.ts';
import { liveRuns } from '../../adapters/live-runs.ts';
import { restoreAgents } from '../../adapters/machinery/stopped-agents.ts';
import { engineHosts } from '../../adapters/outside/engine-hosts.ts';
import { stateFolder } from '../../adapters/state-folder.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { ClusterError } from '../../core/diagnostics/errors.ts';
import { removeNamespaces } from '../../engine/cleanup.ts';
import { progressFor } from '../../reporters/progress.ts';
import { connectStanding } from '../connect-standing.ts';
import { interruptSignal } from '../interrupt.ts';
import { addClusterOptions, type UpOptions } from '../up-cluster.ts';

/** `netproof clean`: removes what earlier runs left in a cluster (killed runs do), found by the run's label. */
export function cleanCommand(): Command {
  return addClusterOptions(new Command('clean'))
    .description('remove what earlier runs left in the cluster; the cluster itself and runs that go on stay')
    .option('--run <id>', 'only what this run left')
    .action(async (options: UpOptions & { readonly run?: string }) => {
      using interrupt = interruptSignal((line) => process.stderr.write(`${line}\n`));
      using progress = progressFor(process.stderr);
      const cluster = await connectStanding(options, { progress, signal: interrupt.signal });
      const live = options.run === undefined ? liveRuns(stateFolder()) : [];
      const which = options.run === undefined ? { except: live.map(({ id }) => id) } : { runId: options.run };
      progress.step('remove namespaces of earlier runs');
      const { removed, remaining } = await removeNamespaces(cluster, systemClock, {
        wait: true,
        ...which,
      });
      progress.step('remove hosts of earlier runs outside the pod network');
      const hosts = await engineHosts({ cluster, findEngine }).remove(which);
      progress.step('start again what earlier runs stopped of the plugin');
      const started =
        live.length > 0 ? [] : await restoreAgents({ cluster, clock: systemClock }, { signal: interrupt.signal });
      progress.done();
      for (const name of removed) process.stdout.write(`removed namespace ${name}\n`);
      for (const name of hosts) process.stdout.write(`removed host ${name}\n`);
      for (const name of started) process.stdout.write(`started ${name} again\n`);
      for (const { id, pid } of live) {
        process.stdout.write(`run ${id} goes on (process ${pid}): left alone; --run ${id} removes it all the same\n`);
      }
      if (removed.length + started.length + hosts.length === 0 && remaining.length === 0)
        process.stdout.write('nothing to remove\n');
      if (remaining.length > 0) throw stillThere(remaining);
    });
}

function stillThere(names: readonly string[]): ClusterError {
  return new ClusterError({
    code: 'clean-up-incomplete',
    message: `still being deleted: ${names.join(', ')}`,
    hint: `see what holds it: kubectl get namespace ${names[0]} -o yaml`,
  });
}

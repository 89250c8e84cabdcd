import { Command } from 'commander';
import { clusterProvider } from '../../adapters/cluster/provider.ts';
import { stopPrivateEngine } from '../../adapters/container-engine/stop-private-engine.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { progressFor } from '../../reporters/progress.ts';
import { interruptSignal } from '../interrupt.ts';
import { clusterRequest } from '../up-cluster.ts';

/** `netproof down`: removes the cluster that netproof made, by its own name; images and caches stay. */
export function downCommand(): Command {
  return new Command('down')
    .description("remove netproof's own cluster; images and caches stay")
    .option('--engine', "stop netproof's own container engine too, if it runs")
    .action(async ({ engine }: { readonly engine?: boolean }) => {
      using progress = progressFor(process.stderr);
      using interrupt = interruptSignal((line) => progress.note(line));
      progress.step('remove the cluster');
      const provider = clusterProvider(clusterRequest({ provider: 'kind' }), { clock: systemClock });
      const removed = await provider.remove({ progress, signal: interrupt.signal });
      progress.done();
      process.stdout.write(removed ? 'the cluster is removed\n' : 'there was no cluster\n');
      if (engine !== true) return;
      progress.step('stop the private container engine');
      const stopped = await stopPrivateEngine();
      progress.done();
      process.stdout.write(stopped ? 'the private container engine is stopped\n' : 'no private container engine ran\n');
    });
}

import { Command } from 'commander';
import type { ReadyCluster } from '../../ports/cluster-provider.ts';
import { progressFor } from '../../reporters/progress.ts';
import { interruptSignal } from '../interrupt.ts';
import { addUpOptions, type UpOptions, upCluster } from '../up-cluster.ts';

/** `netproof up`: makes a cluster, or says that a fitting one stands. */
export function upCommand(): Command {
  return addUpOptions(
    new Command('up').description('make a cluster with a network plugin, or reuse the one that stands'),
  ).action(async (options: UpOptions) => {
    using progress = progressFor(process.stderr);
    using interrupt = interruptSignal((line) => progress.note(line));
    const { ready } = await upCluster(options, { progress, signal: interrupt.signal });
    process.stdout.write(`${describeCluster(ready)}\n`);
  });
}

/** What a cluster is and how to reach it, for people. */
function describeCluster({ provider, cni, kubeconfig, context, reused }: ReadyCluster): string {
  const plugin = cni.name === 'none' ? 'no network plugin' : `${cni.name} ${cni.version}`.trim();
  const reach = [
    ...(kubeconfig === undefined ? [] : [`--kubeconfig ${kubeconfig}`]),
    ...(context === undefined ? [] : [`--context ${context}`]),
  ].join(' ');
  return `${reused ? 'reused' : 'made'} the cluster (${provider}, ${plugin})\nkubectl ${reach} get nodes`;
}

import { type Command, Option } from 'commander';
import { connect } from '../adapters/kube/connect.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { IpFamily } from '../core/model/protocol.ts';
import { type OracleSource, readOracleSource } from './oracle-input.ts';

/** Options of the verbs that ask the oracle. */
export interface OracleVerbOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly step?: string;
  readonly family?: IpFamily;
}

/** Where the verbs print. */
export function toStdout(text: string): void {
  process.stdout.write(text);
}

/** Adds the options that say which cluster to read. */
export function addOracleOptions(command: Command): Command {
  return command
    .option('--kubeconfig <file>', 'read a live cluster too (nothing in it is changed); files count on top of it')
    .option('--context <name>', 'context of the kubeconfig')
    .addOption(
      new Option('--family <family>', 'address family to ask for (default: each that both ends have)').choices([
        'IPv4',
        'IPv6',
      ]),
    )
    .option('--step <name>', 'step of a scenario after which is asked, by name or number (default: the last)');
}

/** Reads the state from the files and, where one is named, the cluster; notes go to stderr. */
export async function readSource(
  files: readonly string[],
  { kubeconfig, context, step }: OracleVerbOptions,
): Promise<OracleSource> {
  const wanted = kubeconfig !== undefined || context !== undefined;
  const choice = { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
  const cluster = wanted ? await connect({ ...choice, clock: systemClock, provider: 'kubeconfig' }) : undefined;
  const source = await readOracleSource({ files, ...(step !== undefined && { step }), ...(cluster && { cluster }) });
  for (const note of source.notes) process.stderr.write(`note: ${note}\n`);
  return source;
}

import { type Command, Option } from 'commander';
import { connect } from '../adapters/kube/connect.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { IpFamily } from '../core/model/protocol.ts';
import type { WorldOptions } from '../core/oracle/world.ts';
import { type OracleInput, type OracleSource, readOracleSource, readOracleSources } from './oracle-input.ts';
import { sayNote } from './say-note.ts';

/** Options of the verbs that ask the oracle. */
export interface OracleVerbOptions {
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly step?: string;
  readonly family?: IpFamily;
  readonly hostNetwork?: 'pod' | 'node';
  readonly toOwnNode?: 'allowed' | 'policy';
  readonly ipBlockSees?: 'real' | 'dialled';
}

const SETTLES = 'if you know the plugin:';
const HOST_NETWORK = "pods on the host's network are under policy as pods, or taken for their node";
const TO_OWN_NODE = "a pod's traffic to its own node is always let through, or under policy";
const IP_BLOCK_SEES = 'an ipBlock sees the address of the pod itself, or the one that was dialled';

/** What of Kubernetes' choices the caller has settled. */
export function choicesOf({ hostNetwork, toOwnNode, ipBlockSees }: OracleVerbOptions): WorldOptions {
  return { ...(hostNetwork && { hostNetwork }), ...(toOwnNode && { toOwnNode }), ...(ipBlockSees && { ipBlockSees }) };
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
    .addOption(new Option('--host-network <as>', `${SETTLES} ${HOST_NETWORK}`).choices(['pod', 'node']))
    .addOption(new Option('--to-own-node <by>', `${SETTLES} ${TO_OWN_NODE}`).choices(['allowed', 'policy']))
    .addOption(new Option('--ip-block-sees <address>', `${SETTLES} ${IP_BLOCK_SEES}`).choices(['real', 'dialled']))
    .option('--step <name>', 'step of a scenario after which is asked, by name or number (default: the last)');
}

/** Reads the state from the files and, where one is named, the cluster; notes go to stderr. */
export async function readSource(files: readonly string[], options: OracleVerbOptions): Promise<OracleSource> {
  const source = await readOracleSource({ files, ...(await inputOf(options)) });
  for (const note of source.notes) sayNote(note);
  return source;
}

/** The same for two states that are to be compared. */
export async function readSources(
  first: readonly string[],
  second: readonly string[],
  options: OracleVerbOptions,
): Promise<readonly [OracleSource, OracleSource]> {
  const input = await inputOf(options);
  const sources = await readOracleSources({ files: first, ...input }, { files: second, ...input });
  for (const note of new Set(sources.flatMap(({ notes }) => notes))) sayNote(note);
  return sources;
}

async function inputOf({ kubeconfig, context, step }: OracleVerbOptions): Promise<Omit<OracleInput, 'files'>> {
  const wanted = kubeconfig !== undefined || context !== undefined;
  const choice = { ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
  const cluster = wanted ? await connect({ ...choice, clock: systemClock, provider: 'kubeconfig' }) : undefined;
  return { ...(step !== undefined && { step }), ...(cluster && { cluster }) };
}

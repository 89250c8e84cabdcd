import { type Command, InvalidArgumentError, Option } from 'commander';
import { clusterName } from '../adapters/cluster/kind/kind-request.ts';
import { type ClusterRequest, clusterProvider } from '../adapters/cluster/provider.ts';
import { cniChoiceText, defaultCni, parseCniChoice } from '../adapters/cni/cni-choice.ts';
import { systemClock } from '../adapters/system-clock.ts';
import { UsageError } from '../core/diagnostics/errors.ts';
import type { ClusterProvider, ProviderCall, ReadyCluster } from '../ports/cluster-provider.ts';

/** Which cluster, as given on the command line. What is absent has its default. */
export interface UpOptions {
  /** Default `kind`, or `kubeconfig` where `kubeconfig` or `context` is given. */
  readonly provider?: 'kind' | 'kubeconfig';
  /** `NAME`, `NAME@VERSION`, `calico@source:DIR`, `none`; default Calico in the version netproof is tested with. */
  readonly cni?: string;
  readonly nodes?: number;
  readonly ipFamily?: 'ipv4' | 'ipv6' | 'dual';
  readonly images?: 'auto' | 'registry' | 'source';
  /** e.g. `v1.36.3`. */
  readonly kubernetes?: string;
  readonly kubeconfig?: string;
  readonly context?: string;
}

/** Options that only mean something for a cluster that netproof makes. */
const kindOnly = ['cni', 'nodes', 'ipFamily', 'images', 'kubernetes'] as const;

/** Adds the options that say which cluster to a verb. */
export function addUpOptions(command: Command): Command {
  return addClusterOptions(command)
    .option(
      '--cni <plugin>',
      `plugin to install: NAME, NAME@VERSION (see list --cni), calico@source:DIR, none (default: ${cniChoiceText(defaultCni)})`,
    )
    .addOption(new Option('--nodes <number>', 'nodes in all (default: as kind-config.yaml says)').argParser(parseNodes))
    .addOption(
      new Option('--ip-family <family>', 'IP family (default: as kind-config.yaml says)').choices([
        'ipv4',
        'ipv6',
        'dual',
      ]),
    )
    .addOption(
      new Option('--images <source>', 'where images come from (default: auto)').choices(['auto', 'registry', 'source']),
    )
    .addOption(new Option('--kubernetes <version>', 'Kubernetes version, e.g. v1.36.3').argParser(parseVersion));
}

/** Adds the options that say who provides the cluster; enough to look at one. */
export function addClusterOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--provider <provider>', 'kind: a cluster of our own; kubeconfig: one that exists').choices([
        'kind',
        'kubeconfig',
      ]),
    )
    .option('--kubeconfig <file>', 'use the cluster of this kubeconfig; nothing is installed on it')
    .option('--context <name>', 'context of the kubeconfig');
}

/** What the options ask for. Throws `UsageError` when they contradict one another. */
export function clusterRequest(options: UpOptions): ClusterRequest {
  const { kubeconfig, context } = options;
  const provider = options.provider ?? ((kubeconfig ?? context) === undefined ? 'kind' : 'kubeconfig');
  if (provider === 'kubeconfig') {
    const stray = kindOnly.find((name) => options[name] !== undefined);
    if (stray !== undefined)
      throw contradiction(flag(stray), 'installs something, and a cluster that exists is used as it is');
    return { provider, ...(kubeconfig !== undefined && { kubeconfig }), ...(context !== undefined && { context }) };
  }
  if ((kubeconfig ?? context) !== undefined) {
    throw contradiction('--kubeconfig or --context', 'names a cluster that exists, and --provider kind makes one');
  }
  const { cni, nodes, ipFamily, images, kubernetes } = options;
  return {
    provider,
    name: clusterName(),
    cni: cni === undefined ? defaultCni : parseCniChoice(cni),
    images: images ?? 'auto',
    ...(nodes !== undefined && { nodes }),
    ...(ipFamily !== undefined && { ipFamily }),
    ...(kubernetes !== undefined && { kubernetes }),
  };
}

/** Gets the cluster that the options ask for: one that stands where it fits, else a new one. */
export async function upCluster(
  options: UpOptions,
  call: ProviderCall,
): Promise<{ readonly ready: ReadyCluster; readonly provider: ClusterProvider }> {
  const provider = clusterProvider(clusterRequest(options), { clock: systemClock });
  return { ready: await provider.ensure(call), provider };
}

const flag = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function contradiction(option: string, why: string): UsageError {
  return new UsageError({
    code: 'options-contradict',
    message: `${option} ${why}`,
    hint: 'Leave one of the options out.',
  });
}

function parseNodes(text: string): number {
  const nodes = Number(text);
  if (Number.isInteger(nodes) && nodes >= 1 && nodes <= 20) return nodes;
  throw new InvalidArgumentError('expected a whole number from 1 to 20');
}

function parseVersion(text: string): string {
  const version = /^v?(1\.\d+\.\d+)$/.exec(text)?.[1];
  if (version === undefined) throw new InvalidArgumentError('expected a version such as v1.36.3');
  return `v${version}`;
}

import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { type Document, isMap, isSeq, parseDocument, type YAMLMap } from 'yaml';
import { UsageError } from '../../../core/diagnostics/errors.ts';
import type { ClusterIpFamily } from '../../../core/model/protocol.ts';
import { dropEmptyTaints } from './control-plane-taints.ts';

/** What the options change in kind's configuration. */
export interface KindConfigChanges {
  /** Nodes in all, the control plane included; at least 1. */
  readonly nodes?: number;
  readonly ipFamily?: ClusterIpFamily;
  /** kind installs its own network plugin. */
  readonly defaultCni?: boolean;
  readonly kubeProxyMode?: 'none' | 'iptables' | 'nftables';
}

/** What kind makes from a configuration. */
export interface KindConfigFacts {
  readonly nodes: number;
  readonly ipFamily: ClusterIpFamily;
  /** As kubeadm takes it: of two families comma-separated. */
  readonly podSubnet: string;
  /** Of ClusterIPs, written likewise. */
  readonly serviceSubnet: string;
  /** Tells configurations apart that make different clusters; comments and layout do not count. */
  readonly key: string;
}

/** The configuration at the top of the package: what kind reads when no option changes it. */
export const kindConfigFile: string = fileURLToPath(new URL('../../../../kind-config.yaml', import.meta.url));

/** kind's own defaults (https://kind.sigs.k8s.io/docs/user/configuration/#pod-subnet). */
const subnets = {
  podSubnet: { ipv4: '10.244.0.0/16', ipv6: 'fd00:10:244::/56' },
  serviceSubnet: { ipv4: '10.96.0.0/16', ipv6: 'fd00:10:96::/112' },
} as const;

/**
 * The text of a kind configuration with the changes in it; comments and everything else stay. Rejects with
 * `UsageError` `kind-config-invalid` when the text is no kind configuration.
 */
export function changeKindConfig(text: string, changes: KindConfigChanges, file: string = kindConfigFile): string {
  const document = parseDocument(text);
  const problem = document.errors[0];
  const root = document.contents;
  if (problem !== undefined || !isMap(root) || document.get('kind') !== 'Cluster') {
    throw new UsageError({
      code: 'kind-config-invalid',
      message: `${file} is no kind configuration: ${problem?.message ?? 'there is no "kind: Cluster" in it'}`,
      hint: 'See https://kind.sigs.k8s.io/docs/user/configuration/',
    });
  }
  if (changes.nodes !== undefined) setNodes(document, root, changes.nodes);
  if (changes.ipFamily !== undefined) setIpFamily(root, changes.ipFamily);
  if (changes.defaultCni !== undefined) root.setIn(['networking', 'disableDefaultCNI'], !changes.defaultCni);
  if (changes.kubeProxyMode !== undefined) root.setIn(['networking', 'kubeProxyMode'], changes.kubeProxyMode);
  return document.toString({ lineWidth: 0 });
}

function setNodes(document: Document, root: YAMLMap, count: number): void {
  if (!isSeq(root.get('nodes'))) root.set('nodes', document.createNode([]));
  const nodes = root.get('nodes');
  if (!isSeq(nodes)) return;
  const isWorker = (node: unknown): boolean => isMap(node) && node.get('role') === 'worker';
  const workers = nodes.items.filter(isWorker);
  const others = nodes.items.filter((node) => !isWorker(node));
  if (others.length === 0) others.push(document.createNode({ role: 'control-plane' }));
  const model = workers.at(-1);
  const kept = others.slice(0, count);
  const wanted = count - kept.length;
  while (workers.length < wanted) workers.push(isMap(model) ? model.clone() : document.createNode({ role: 'worker' }));
  nodes.items = [...kept, ...workers.slice(0, wanted)];
  if (count === 1 && isMap(kept[0])) dropEmptyTaints(kept[0]);
}

function setIpFamily(root: YAMLMap, family: ClusterIpFamily): void {
  root.setIn(['networking', 'ipFamily'], family);
  for (const [field, defaults] of Object.entries(subnets)) {
    const stated = String(root.getIn(['networking', field]) ?? '').split(',');
    const ipv4 = stated.find((subnet) => subnet.includes('.')) ?? defaults.ipv4;
    const ipv6 = stated.find((subnet) => subnet.includes(':')) ?? defaults.ipv6;
    root.setIn(['networking', field], { ipv4, ipv6, dual: `${ipv4},${ipv6}` }[family]);
  }
}

/** What kind makes from a configuration, its defaults filled in. */
export function kindConfigFacts(text: string): KindConfigFacts {
  const root: unknown = parseDocument(text).toJS();
  const { nodes, networking } = (root ?? {}) as {
    readonly nodes?: readonly unknown[];
    readonly networking?: {
      readonly ipFamily?: ClusterIpFamily;
      readonly podSubnet?: string;
      readonly serviceSubnet?: string;
    };
  };
  const ipFamily = networking?.ipFamily ?? 'ipv4';
  const subnet = (field: keyof typeof subnets): string => {
    const { ipv4, ipv6 } = subnets[field];
    return networking?.[field] ?? { ipv4, ipv6, dual: `${ipv4},${ipv6}` }[ipFamily];
  };
  const key = createHash('sha256').update(JSON.stringify(root)).digest('hex').slice(0, 16);
  return {
    nodes: nodes?.length ?? 1,
    ipFamily,
    podSubnet: subnet('podSubnet'),
    serviceSubnet: subnet('serviceSubnet'),
    key,
  };
}

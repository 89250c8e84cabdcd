import { formatPosition } from '../core/diagnostics/position.ts';
import { type Findings, report } from './findings.ts';
import { workloadPath } from './manifest-workload.ts';
import { didYouMean } from './suggestion.ts';
import type { YamlNode } from './yaml-node.ts';

/** The only version of NetworkPolicy. */
export const POLICY_VERSION = 'networking.k8s.io/v1';
/** Kinds of the policy's API group, to tell a misspelt kind from another one. */
const GROUP_KINDS = ['NetworkPolicy', 'NetworkPolicyList', 'Ingress', 'IngressClass', 'IPAddress', 'ServiceCIDR'];
/** API groups of Kubernetes that have or had NetworkPolicy. */
const OWN_GROUPS = ['networking.k8s.io', 'extensions', ''];

/** Whether of a kind more than its name is read. */
export function isRead(apiVersion: string, kind: string): boolean {
  if (kind === 'NetworkPolicy') return apiVersion === POLICY_VERSION;
  const core = apiVersion === 'v1' && ['Pod', 'Service', 'Namespace', 'Node'].includes(kind);
  return core || workloadPath(kind) !== undefined;
}

/** Whether the status of a kind is read: addresses and phases. */
export function statusIsRead(apiVersion: string, kind: string): boolean {
  return apiVersion === 'v1' && ['Pod', 'Service', 'Node'].includes(kind);
}

/** Whether a kind is another project's network policy, of which nothing is known here. */
export function isForeignPolicy(apiVersion: string, kind: string): boolean {
  return /NetworkPolic(?:y|ies)$/.test(kind) && !OWN_GROUPS.includes(groupOf(apiVersion));
}

/** The API group of a version; empty for the core. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

/** Says that another project's policy has no say in what is answered. */
export function foreignNote(apiVersion: string, kind: string, node: YamlNode): string {
  const place = node.position.line === 0 ? 'in the cluster' : `in ${formatPosition(node.position)}`;
  return `${kind} of ${apiVersion} ${place} is not considered: only Kubernetes' own NetworkPolicy is`;
}

/** Reports a NetworkPolicy of a version that is none, and a misspelt kind of its group. */
export function checkKind(problems: Findings, node: YamlNode, apiVersion: string, kind: string): void {
  const refuse = (field: string, expected: string, found: string, hint?: string) => {
    const position = node.fields?.get(field)?.position ?? node.position;
    const facts = { code: 'manifest-kind', path: [field], position, expected, found: `"${found}"` };
    report(problems, { ...facts, ...(hint && { hint }) });
  };
  if (kind === 'NetworkPolicy' && apiVersion !== POLICY_VERSION && !isForeignPolicy(apiVersion, kind)) {
    refuse('apiVersion', POLICY_VERSION, apiVersion, "only Kubernetes' own NetworkPolicy is read");
  }
  if (apiVersion === POLICY_VERSION && !GROUP_KINDS.includes(kind)) {
    const { hint } = didYouMean(kind, GROUP_KINDS);
    refuse('kind', `a kind of ${POLICY_VERSION} (${GROUP_KINDS.join(', ')})`, kind, hint);
  }
}

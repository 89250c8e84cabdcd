import { formatPosition, type Position } from '../core/diagnostics/position.ts';
import type { NetworkPolicy } from '../core/model/policy.ts';
import type { Json } from '../core/scenario/scenario.ts';
import { type Findings, report } from './findings.ts';
import { fieldsOf, textOf } from './manifest-fields.ts';
import { readMetadata } from './manifest-metadata.ts';
import { type PolicyReading, readPolicySpec } from './manifest-policy.ts';
import { didYouMean } from './suggestion.ts';
import { parseYaml } from './yaml-document.ts';
import type { YamlNode } from './yaml-node.ts';

const POLICY_VERSION = 'networking.k8s.io/v1';
/** Kinds of the policy's API group, to tell a misspelt kind from another one. */
const GROUP_KINDS = ['NetworkPolicy', 'NetworkPolicyList', 'Ingress', 'IngressClass', 'IPAddress', 'ServiceCIDR'];

/** One Kubernetes object of a text. */
export interface ManifestDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** As the manifest states it. */
  readonly namespace: string | undefined;
  /** The object as it is to be sent: as written, minus `status`. */
  readonly tree: { readonly [key: string]: Json };
  readonly position: Position;
  /** The text of its YAML document. */
  readonly text: string;
  /** The object with positions, for messages about parts of it. */
  readonly node: YamlNode;
  /** Present for a NetworkPolicy: as stated, nothing defaulted but the namespace. */
  readonly policy?: NetworkPolicy;
}

/** How manifests are read. */
export interface ManifestReading extends PolicyReading {
  /** Namespace of policies that name none; default `default`. */
  readonly namespace?: string;
}

/** What was read; with problems the documents that have none are still there. */
export interface ManifestFile {
  readonly documents: readonly ManifestDocument[];
  /** What was left out, for people: `status left out of FILE:3:1`. */
  readonly notes: readonly string[];
  readonly problems: Findings;
}

/**
 * Reads Kubernetes manifests from a text of one or more YAML documents, `List`s taken apart. Policies are checked as
 * the API server does, strictly; of other kinds only the name is. Never throws.
 */
export function readManifests(text: string, file: string, reading: ManifestReading = {}): ManifestFile {
  const yaml = parseYaml(text, file, 'kubernetes');
  const parts = yaml.documents.flatMap(({ root, text: own }) =>
    unlist(root).map((node) => readManifest(node, own, reading)),
  );
  return {
    documents: parts.flatMap((part) => part.documents),
    notes: parts.flatMap((part) => part.notes),
    problems: [...yaml.problems, ...parts.flatMap((part) => part.problems)],
  };
}

/** Reads one manifest from a node, which may stand inside a bigger document: positions are those of the outer file. */
export function readManifest(node: YamlNode, text: string, reading: ManifestReading = {}): ManifestFile {
  const problems: Findings = [];
  const document = readObject(problems, node, text, reading);
  const status = node.fields?.get('status');
  const notes = status === undefined ? [] : [`status left out of ${formatPosition(status.keyPosition)}`];
  return { documents: document && problems.length === 0 ? [document] : [], notes, problems };
}

function unlist(root: YamlNode): readonly YamlNode[] {
  const kind = root.fields?.get('kind')?.value;
  const items = root.fields?.get('items')?.items;
  if (items === undefined || typeof kind !== 'string' || !kind.endsWith('List')) return [root];
  return items;
}

function readObject(
  problems: Findings,
  node: YamlNode,
  text: string,
  reading: ManifestReading,
): ManifestDocument | undefined {
  const fields = fieldsOf(problems, node, [], 'a Kubernetes object');
  if (fields === undefined) return undefined;
  const apiVersion = required(problems, node, 'apiVersion');
  const kind = required(problems, node, 'kind');
  if (apiVersion === undefined || kind === undefined) return undefined;
  checkKind(problems, node, apiVersion, kind);
  const metadata = readMetadata(problems, node);
  const isPolicy = kind === 'NetworkPolicy' && apiVersion === POLICY_VERSION;
  if (isPolicy) fieldsOf(problems, node, [], 'a NetworkPolicy', ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
  const spec = isPolicy ? readPolicySpec(problems, fields.get('spec'), ['spec'], reading) : undefined;
  if (metadata === undefined) return undefined;
  const { name, namespace, labels } = metadata;
  const { status: _, ...tree } = node.value as { readonly [key: string]: Json };
  const home = namespace ?? reading.namespace ?? 'default';
  return {
    apiVersion,
    kind,
    name,
    namespace,
    tree,
    position: node.position,
    text,
    node,
    ...(spec && { policy: { metadata: { name, namespace: home, ...(labels && { labels }) }, spec } }),
  };
}

function required(problems: Findings, node: YamlNode, field: string): string | undefined {
  const child = node.fields?.get(field);
  if (child !== undefined) return textOf(problems, child, [field]);
  report(problems, {
    code: 'manifest-missing',
    path: [],
    position: node.position,
    expected: `"${field}"`,
    found: 'none',
  });
  return undefined;
}

function checkKind(problems: Findings, node: YamlNode, apiVersion: string, kind: string): void {
  const refuse = (field: string, expected: string, found: string, hint?: string) => {
    const position = node.fields?.get(field)?.position ?? node.position;
    const facts = { code: 'manifest-kind', path: [field], position, expected, found: `"${found}"` };
    report(problems, { ...facts, ...(hint && { hint }) });
  };
  if (kind === 'NetworkPolicy' && apiVersion !== POLICY_VERSION) {
    refuse('apiVersion', POLICY_VERSION, apiVersion, "only Kubernetes' own NetworkPolicy is read");
  }
  if (apiVersion === POLICY_VERSION && !GROUP_KINDS.includes(kind)) {
    const { hint } = didYouMean(kind, GROUP_KINDS);
    refuse('kind', `a kind of ${POLICY_VERSION} (${GROUP_KINDS.join(', ')})`, kind, hint);
  }
}

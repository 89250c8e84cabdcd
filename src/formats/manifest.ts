import { formatPosition, type Position } from '../core/diagnostics/position.ts';
import type { NetworkPolicy } from '../core/model/policy.ts';
import type { Json } from '../core/scenario/scenario.ts';
import { type Findings, report } from './findings.ts';
import { fieldsOf, textOf } from './manifest-fields.ts';
import { checkKind, foreignNote, isForeignPolicy, isRead, POLICY_VERSION, statusIsRead } from './manifest-kinds.ts';
import { unlist } from './manifest-list.ts';
import { readMetadata } from './manifest-metadata.ts';
import { type PolicyReading, readPolicySpec } from './manifest-policy.ts';
import { checkService, checkWorkload } from './manifest-workload.ts';
import { parseYaml } from './yaml-document.ts';
import type { YamlNode } from './yaml-node.ts';

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
 * the API server does, strictly; of pods, workloads and Services what is read of them is, of other kinds the metadata.
 * Never throws.
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
  return { documents: document && problems.length === 0 ? [document] : [], notes: notesOn(node, document), problems };
}

function notesOn({ fields }: YamlNode, document: ManifestDocument | undefined): readonly string[] {
  if (document === undefined) return [];
  const { apiVersion, kind, node } = document;
  const status = fields?.get('status');
  const unread = status !== undefined && !statusIsRead(apiVersion, kind) && status.position.line > 0;
  return [
    ...(unread ? [`status left out of ${formatPosition(status.keyPosition)}`] : []),
    ...(isForeignPolicy(apiVersion, kind) ? [foreignNote(apiVersion, kind, node)] : []),
  ];
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
  const { stored = false } = reading;
  const metadata = readMetadata(problems, node, { stored, anyName: !isRead(apiVersion, kind) });
  if (!stored) checkWorkload(problems, node, kind);
  if (!stored && kind === 'Service' && apiVersion === 'v1') checkService(problems, node);
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

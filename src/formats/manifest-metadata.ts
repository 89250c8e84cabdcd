import { annotationKey, dnsLabel, dnsSubdomain, type TextRule } from '../core/model/api-syntax.ts';
import type { Labels } from '../core/model/selector.ts';
import { type Findings, report } from './findings.ts';
import { fieldsOf, textOf } from './manifest-fields.ts';
import { readLabels } from './manifest-selector.ts';
import { checkSystemFields, SYSTEM_FIELDS } from './manifest-system-fields.ts';
import type { YamlNode } from './yaml-node.ts';

/** API: `ObjectMeta`; the fields that a manifest may carry. */
const KNOWN = ['name', 'namespace', 'labels', 'annotations', ...SYSTEM_FIELDS];

/** What names an object. */
export interface Metadata {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Labels | undefined;
}

/** How strictly metadata is read. */
export interface MetadataReading {
  /** The object comes from a cluster, which has taken it: only what is read has to be there. */
  readonly stored?: boolean;
  /** The kind's names are not looked at: they have rules of their own. */
  readonly anyName?: boolean;
}

const NAME: TextRule = (text) => (text === '' ? 'a name' : undefined);

/** Reads an object's `metadata`; the name is required and keeps the API's syntax. `object` is the whole manifest. */
export function readMetadata(
  findings: Findings,
  object: YamlNode,
  { stored = false, anyName = false }: MetadataReading = {},
): Metadata | undefined {
  const path = ['metadata'];
  const node = object.fields?.get('metadata');
  const fields = fieldsOf(findings, node, path, 'metadata', stored ? undefined : KNOWN);
  if (node === undefined || !fields?.has('name')) {
    const position = (node ?? object).position;
    if (node === undefined || fields !== undefined) {
      report(findings, { code: 'manifest-missing', path, position, expected: '"name"', found: 'none' });
    }
    return undefined;
  }
  const name = textOf(findings, fields.get('name'), [...path, 'name'], anyName || stored ? NAME : dnsSubdomain);
  const namespace = textOf(findings, fields.get('namespace'), [...path, 'namespace'], namespaceName) || undefined;
  const labels = readLabels(findings, fields.get('labels'), [...path, 'labels'], { stored });
  if (!stored) {
    checkAnnotations(findings, fields.get('annotations'));
    checkSystemFields(findings, fields, path);
  }
  return name === undefined ? undefined : { name, namespace, labels };
}

/** An empty namespace is none, as in the API. */
const namespaceName: TextRule = (text) => (text === '' ? undefined : dnsLabel(text));

function checkAnnotations(findings: Findings, node: YamlNode | undefined): void {
  const path = ['metadata', 'annotations'];
  fieldsOf(findings, node, path, 'annotations');
  for (const [key, value] of node?.fields ?? []) {
    const expected = annotationKey(key);
    if (expected !== undefined) {
      report(findings, { code: 'manifest-value', path, position: value.keyPosition, expected, found: `"${key}"` });
    }
    if (value.value !== null) textOf(findings, value, [...path, key]);
  }
}

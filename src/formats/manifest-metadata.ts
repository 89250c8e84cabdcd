import type { Labels } from '../core/model/selector.ts';
import { type Findings, report } from './findings.ts';
import { fieldsOf, textOf } from './manifest-fields.ts';
import { readLabels } from './manifest-selector.ts';
import { dnsLabel, dnsSubdomain } from './manifest-syntax.ts';
import type { YamlNode } from './yaml-node.ts';

/** API: `ObjectMeta`; the fields that a manifest may carry. */
const KNOWN = [
  'name',
  'namespace',
  'labels',
  'annotations',
  'generateName',
  'selfLink',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'ownerReferences',
  'finalizers',
  'managedFields',
];

/** What names an object. */
export interface Metadata {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly labels: Labels | undefined;
}

/** Reads an object's `metadata`; the name is required and keeps the API's syntax. `object` is the whole manifest. */
export function readMetadata(findings: Findings, object: YamlNode): Metadata | undefined {
  const path = ['metadata'];
  const node = object.fields?.get('metadata');
  const fields = fieldsOf(findings, node, path, 'metadata', KNOWN);
  if (node === undefined || !fields?.has('name')) {
    const position = (node ?? object).position;
    if (node === undefined || fields !== undefined) {
      report(findings, { code: 'manifest-missing', path, position, expected: '"name"', found: 'none' });
    }
    return undefined;
  }
  const name = textOf(findings, fields.get('name'), [...path, 'name'], dnsSubdomain);
  const namespace = textOf(findings, fields.get('namespace'), [...path, 'namespace'], dnsLabel);
  const labels = readLabels(findings, fields.get('labels'), [...path, 'labels']);
  const annotations = fieldsOf(findings, fields.get('annotations'), [...path, 'annotations'], 'annotations');
  for (const [key, value] of annotations ?? []) textOf(findings, value, [...path, 'annotations', key]);
  return name === undefined ? undefined : { name, namespace, labels };
}
